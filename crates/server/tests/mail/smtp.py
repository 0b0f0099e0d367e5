"""A mail server that keeps what it is sent: each mail is a file of JSON in a folder, numbered from 1 on.

smtp.py PORT FOLDER                                 speaks plainly
smtp.py PORT FOLDER CERTIFICATE KEY USER PASSWORD   wants STARTTLS and this account first

Port 0 is any free one; the first line of output names it.
"""

import asyncio
import email
import email.policy
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Folder:
    def __init__(self, folder):
        self.folder = folder
        self.kept = len(os.listdir(folder))

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text, html = mail.get_body(("plain",)), mail.get_body(("html",))
        told = {
            "sender": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "encrypted": session.ssl is not None,
            "authenticated": session.authenticated,
            "headers": [[name, str(value)] for name, value in mail.items()],
            "to": [[one.display_name, one.addr_spec] for one in mail["To"].addresses],
            "at": mail["Date"].datetime.timestamp(),
            "kind": mail.get_content_type(),
            "text": text and text.get_content(),
            "html": html and html.get_content(),
            "defects": [repr(defect) for part in mail.walk() for defect in part.defects],
        }
        self.kept += 1
        path = os.path.join(self.folder, f"{self.kept}.json")
        # whoever sees the file sees all of it
        with open(path + ".part", "w", encoding="utf-8") as file:
            json.dump(told, file)
        os.rename(path + ".part", path)
        return "250 kept"


def authenticator(user, password):
    def check(server, session, envelope, mechanism, given):
        right = isinstance(given, LoginPassword) and given == LoginPassword(user.encode(), password.encode())
        return AuthResult(success=right, handled=right)

    return check


async def serve(port, folder, certificate=None, key=None, user=None, password=None):
    options = {"hostname": "mail.test"}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
        options.update(
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=authenticator(user, password),
        )
    kept = Folder(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(kept, **options), "127.0.0.1", int(port))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve(*sys.argv[1:]))
