"""Reports about mails that came back, in the shapes in which mail servers write them; all addresses are examples."""

from __future__ import annotations

POSTFIX = """\
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {returned}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B1"
Message-Id: <20261122030000.A1@mx.example.org>

--B1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

--B1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Sun, 22 Nov 2026 03:00:00 +0000 (UTC)

Final-Recipient: rfc822; desk@example.org
Original-Recipient: rfc822;desk@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--B1
Content-Type: message/rfc822

Return-Path: <{returned}>
From: press@example.org
Subject: 3 stories

the digest 5.1.1 was about

--B1--
"""

EXIM = """\
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: {returned}
X-Failed-Recipients: desk@example.org
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  desk@example.org
    SMTP error from remote mail server after RCPT TO:<desk@example.org>:
    host mx.example.org [192.0.2.1]: 550 5.1.1 No such user here

------ This is a copy of the message, including all the headers. ------

Return-path: <{returned}>
From: press@example.org
"""

EXIM_LATE = """\
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: {returned}
Subject: Warning: message 1vMxyz-000 delayed 24 hours

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.org.

No action is required on your part. Delivery attempts will continue.
"""

QMAIL = """\
From: MAILER-DAEMON@mx.example.org
To: {returned}
Subject: failure notice

Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<desk@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <{returned}>
"""

VACATION = """\
From: desk@example.org
To: {returned}
Subject: Out of office: 3 stories
Auto-Submitted: auto-replied

I am away until Monday. For what 550 5.1.1 means ask the help desk.
"""

COMPLAINT = """\
From: feedback@example.org
To: {returned}
Subject: Abuse report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B2"

--B2
Content-Type: text/plain

This is an email abuse report.
--B2
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1
--B2--
"""

NOT_SPAM = COMPLAINT.replace("Feedback-Type: abuse", "Feedback-Type: not-spam")

PERSON = """\
From: desk@example.org
To: {returned}
Subject: Re: 3 stories

Thank you, this was useful. Please call me on 550-5111.
"""


def report(
    form: str,
    *,
    returned: str = "bounces@example.org",
    action: str = "failed",
    status: str = "5.1.1",
    words: str = "550 5.1.1 <desk@example.org>: Recipient address rejected: User unknown",
) -> bytes:
    """One of the forms above, sent to the return address `returned`."""
    filled = form.format(returned=returned, action=action, status=status, words=words)
    return filled.replace("\n", "\r\n").encode()
