//! Many things at the same time.

/// Runs all of them at once on the test's runtime and gives their answers in the order of the futures.
///
/// # Panics
/// If one of them does.
pub async fn at_once<F>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let running: Vec<_> = futures.into_iter().map(tokio::spawn).collect();
    let mut answers = Vec::with_capacity(running.len());
    for task in running {
        answers.push(task.await.expect("no task panics"));
    }
    answers
}

#[cfg(test)]
mod tests {
    #[test]
    fn answers_stand_in_the_order_of_the_futures() {
        let answers = crate::run(super::at_once((0..8).map(|number| async move { number })));
        assert_eq!(answers, (0..8).collect::<Vec<_>>());
    }
}
