### Words of the ground: days and months, background work, outgoing messages, the audit log.

platform-weekday-1 = Monday
platform-weekday-2 = Tuesday
platform-weekday-3 = Wednesday
platform-weekday-4 = Thursday
platform-weekday-5 = Friday
platform-weekday-6 = Saturday
platform-weekday-7 = Sunday

platform-month-1 = January
platform-month-2 = February
platform-month-3 = March
platform-month-4 = April
platform-month-5 = May
platform-month-6 = June
platform-month-7 = July
platform-month-8 = August
platform-month-9 = September
platform-month-10 = October
platform-month-11 = November
platform-month-12 = December

# Attachments
platform-file-empty = This file is empty. Choose another file.
platform-file-too-large = The file is larger than { $max }. Choose a smaller file, or photograph or scan it again at a lower resolution.
platform-file-quota = There is not enough room: { $left } of { $quota } is left. Delete files that are no longer needed, then upload again.
platform-file-kind = This kind of file is not accepted. Accepted kinds: { $allowed }.
platform-file-disguised = The file name ends in “{ $named }” but its content is { $found }. Save the file with the right ending, then upload it.
platform-file-damaged = The { $found } file is not whole: its end is missing, or it is damaged. Take the photo or scan it again, or open the file on your device and save it again, then upload it.
platform-file-macros = The document contains macros and cannot be accepted. Save it as PDF, then upload it.
platform-file-interrupted = The connection was lost during the upload. Upload this file again; everything filled in is still here.
platform-file-missing = This file was not found.
platform-file-unknown = It is not known whether the file was saved, because the connection to the database was lost. Reload the page and look; upload it again only if it is not there.
platform-file-not-now = The file could not be saved just now. Try again in a few minutes; everything filled in is still here.

# Pages of the ground
platform-filter = Filter

# Audit log
platform-audit-title = Audit log
platform-audit-lead = Every change is recorded: who did what, and when. A few seconds later each entry is sealed; from then on, any change or deletion is detected.
platform-audit-whose = Only what was done at { $offices } and the units below. New entries appear here after a few seconds, once they are sealed.
platform-audit-unit = Unit (id in this system)
platform-audit-no-unit = Belongs to no unit
platform-audit-caption = Acts, newest first
platform-audit-empty = No act matches what you chose. Remove a condition and filter again.
platform-audit-filter-tu = From
platform-audit-filter-den = Up to and including
platform-audit-filter-viec = Code of the act
platform-audit-filter-doi-tuong = Object
platform-audit-filter-actor = Only acts of
platform-audit-filter-remove = Show everyone’s
platform-audit-day-wrong = The date cannot be read. Enter day, month and year, for example 23/11/2026.
platform-audit-at = Time
platform-audit-actor = Who
platform-audit-program = The system
platform-audit-verb = Act
platform-audit-object = Object
platform-audit-seal = Seal
platform-audit-place = Number in the log
platform-audit-head = Sealed head
platform-audit-id = Id of the entry
platform-audit-detail = Detail
platform-audit-pages = Pages of the log
platform-audit-newest = Newest page
platform-audit-older = Older
platform-audit-sealed = Head { $number }
platform-audit-sealed-at = Head { $number }, signed { $at }
platform-audit-unsealed = Not sealed yet
platform-audit-unsealed-hint = This entry is not sealed yet. Wait a few seconds and reload the page.
platform-audit-entry-title = One entry of the log
platform-audit-proof-title = Proof
platform-audit-proof-lead = The proof shows that this entry is in the log and was not changed. Anyone with the public key can check it; the file itself says how.
platform-audit-proof-download = Download the proof (JSON)
platform-audit-keep-title = Keep for comparison
platform-audit-keep = Keep the newest head and the public key somewhere else. If the log is ever cut short or rewritten, the head you kept will no longer fit.
platform-audit-newest-head = Newest head
platform-audit-public-key = Public key

# Dead letters
platform-dead-title = Work that failed
platform-dead-lead = Background work (sending notices, printing…) that was tried many times without success. Look at the reason, mend it and run it again, or discard it.
platform-dead-caption = Work that failed, newest first
platform-dead-empty = Nothing has stopped. All work is done or waiting its turn.
platform-dead-kind = Kind
platform-dead-died-at = Stopped at
platform-dead-attempts = Attempts
platform-dead-error = Reason
platform-dead-key = Key against doubling
platform-dead-letter-title = Work that failed
platform-dead-payload = Content
platform-dead-decide = Decide
platform-dead-resend-lead = Run it again once the cause is mended. It runs at once, as if new.
platform-dead-resend = Run again
platform-dead-discard-lead = Discard it when it is no longer needed. It cannot be brought back; the audit log still tells what it was and who discarded it.
platform-dead-discard = Discard
platform-dead-notice-resent = It runs again.
platform-dead-notice-discarded = Discarded.
platform-dead-notice-no-longer = Nothing was changed: this was already decided, or the same work is waiting to run.

platform-did-resend = Ran failed work again
platform-did-discard = Discarded failed work

# Outbox
platform-outbox-title = Messages sent
platform-outbox-lead = Messages do not leave this installation; they are kept here to be looked at.
platform-outbox-filter-recipient = Recipient (e-mail address or phone number)
platform-outbox-empty = No messages yet.
platform-outbox-mail = E-mail
platform-outbox-sms = Text message
platform-outbox-to = to
