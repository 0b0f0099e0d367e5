"""Reads metrics on standard input as Prometheus does, and prints every sample as JSON: [name, labels, value]. Refuses what Prometheus would."""

import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

samples = [
    [sample.name, sample.labels, sample.value]
    for family in text_string_to_metric_families(sys.stdin.read())
    for sample in family.samples
]
json.dump(samples, sys.stdout)
