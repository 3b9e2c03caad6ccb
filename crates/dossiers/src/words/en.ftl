# Menu
dossiers-menu-mine = My dossiers
dossiers-menu-wallet = Document wallet
dossiers-menu-track = Track a dossier
dossiers-menu-queue = Dossiers
dossiers-menu-counter = Receive at the counter
dossiers-menu-register = Register
dossiers-menu-calendar = Working calendar

# General
dossiers-cancel = Cancel
dossiers-choose = Choose
dossiers-continue = Continue
dossiers-copy = Copy
dossiers-copied = Copied
dossiers-code = Dossier code
dossiers-request-number = Request number
dossiers-channel = How it was filed
dossiers-channel-online = Online
dossiers-channel-direct = At the counter
dossiers-channel-postal = By post
dossiers-received-by = Received by
dossiers-decided-by = Decided by
dossiers-applicant = Applicant
dossiers-applicant-name = Full name
dossiers-applicant-identity = Personal number or tax code
dossiers-applicant-phone = Telephone
dossiers-applicant-email = Email
dossiers-applicant-address = Address
dossiers-applicant-acting = Filed by
dossiers-step = Step
dossiers-step-hours = { $hours ->
    [one] { $hours } working hour
   *[other] { $hours } working hours
}
dossiers-fees = Fees
dossiers-files = Files sent
dossiers-papers = Papers of the dossier
dossiers-handed-in = Papers handed in
dossiers-story = What has happened
dossiers-hands = Hand-overs between steps
dossiers-what-was-sent = See what was sent

# Statuses (national list)
dossiers-status-registered = Newly registered
dossiers-status-accepted = Accepted
dossiers-status-refused = Not accepted
dossiers-status-handling = Being handled
dossiers-status-supplement = Further papers asked for
dossiers-status-money-due = Payment asked for
dossiers-status-withdrawn = Withdrawn by the applicant
dossiers-status-stopped = Stopped
dossiers-status-finished = Decided
dossiers-status-handed-over = Result handed over

dossiers-light-on-time = On time
dossiers-light-soon = Due soon
dossiers-light-overdue = Overdue
dossiers-course-early = Early
dossiers-course-on-time = On time
dossiers-course-late = Late

# Due dates and how they are reckoned
dossiers-due = Result due
dossiers-due-how = How it is counted:
dossiers-due-first = First appointed for { $at }
dossiers-answer-by = Answered at the latest
dossiers-due-unit-working-hour = { $count ->
    [one] { $count } working hour
   *[other] { $count } working hours
}
dossiers-due-unit-hour = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
dossiers-due-unit-working-day = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
dossiers-due-unit-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
dossiers-due-unit-month = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
dossiers-due-unit-same-day = the same day
dossiers-due-unit-other = as appointed
dossiers-due-remaining = { $left } left
dossiers-due-clock-stood = the clock stood from { $from } to { $to } while the applicant's answer was awaited
dossiers-due-after-cut-off = received after { $time }, so counted as received on { $date }
dossiers-due-closed-when-received = received outside office hours, so counted as received on { $date }
dossiers-due-first-day-not = the day of reception, { $date }, is not counted
dossiers-due-first-day = the day of reception, { $date }, is counted
dossiers-due-passed = not counting { $days }
dossiers-due-weekend = Saturdays and Sundays
dossiers-due-saturdays = Saturdays
dossiers-due-sundays = Sundays
dossiers-due-day-off = { $date } ({ $name })
dossiers-due-day-off-expected = { $date } ({ $name }, expected)
dossiers-due-made-up = counting { $date }, which was worked in exchange
dossiers-due-end-of-month = that month has no such day, so its last day, { $date }
dossiers-due-moved = the last day, { $from }, is a day off, so { $to }
dossiers-due-appointed = appointed by the office
dossiers-due-appointed-because = appointed by the office because { $reason }

# What happens to a dossier
dossiers-event-sent = Sent online
dossiers-event-taken-in = Taken in at the counter
dossiers-event-accepted = Accepted
dossiers-event-refused = Not accepted
dossiers-event-supplement-asked = Further papers asked for
dossiers-event-supplement-given = Further papers received
dossiers-event-supplement-expired = Time for further papers passed
dossiers-event-money-asked = Payment asked for
dossiers-event-money-settled = Payment settled
dossiers-event-handed-on = Passed on to: { $step }
dossiers-event-handed-back = Passed back to: { $step }
dossiers-event-noted = Internal note
dossiers-event-result-proposed = Result drafted
dossiers-event-approved = The result was approved and waits for its signatures
dossiers-event-approval-ended = The approval was taken back: the result was not signed
dossiers-event-decided = Result issued
dossiers-event-stopped = Stopped
dossiers-event-reappointed = Apology and a new date
dossiers-event-withdrawn = Withdrawn by the applicant
dossiers-event-result-handed-over = Result handed over
dossiers-event-rated = Rated
dossiers-now-applicant = Waiting for the applicant
dossiers-now-ready = The result is ready to be handed over
dossiers-now-office = { $step } at { $unit }
dossiers-now-until = Due { $at }

# Starting
dossiers-start-title = Apply: { $name }
dossiers-start-heading = Apply online
dossiers-start-draft = There is an unfinished application for this procedure.
dossiers-start-go-on = Go on with the unfinished application
dossiers-start-limit = Time limit
dossiers-start-fee = Fees
dossiers-start-free = Free of charge
dossiers-start-result = What is received
dossiers-start-needs = What to prepare
dossiers-start-need-file = photograph or scan it and upload it
dossiers-start-need-known = the office looks it up; hand it in only when asked
dossiers-start-need-if = if there is one
dossiers-start-photo = A photograph taken with a telephone will do, as long as the text can be read.
dossiers-start-how = Which agency to apply to
dossiers-start-how-text = Answer one question after the other. Answers are saved at once; stop at any time and go on from another device.
dossiers-start-province = Province or city
dossiers-start-province-hint = Where the deciding agency is.
dossiers-start-province-anywhere = This procedure can be filed anywhere, whatever the place of residence.
dossiers-start-province-button = Show agencies
dossiers-start-agency = Deciding agency
dossiers-start-agency-hint = Only agencies that receive applications online are listed.
dossiers-start-agency-missing = Choose the deciding agency
dossiers-start-button = Start
dossiers-start-sign-in = Sign in to start
dossiers-start-sign-in-hint = Signing in keeps the application safe and out of the sight of others.
dossiers-start-nobody = No agency here takes this procedure online yet. It can be filed in person at the public administrative service centre of the commune or of the province.
dossiers-start-not-online = This procedure cannot be filed online yet. Please file it in person or by post.
dossiers-start-other-ways = Other ways to apply
dossiers-start-other-ways-text = It can also be filed in person or by public post.
dossiers-start-whole-text = Read the whole procedure
dossiers-move-title = Change the deciding agency
dossiers-move-link = Change agency
dossiers-move-lead = Answers and uploaded files are kept.
dossiers-move-button = Change agency

# Filling in
dossiers-tasks-title = { $name }: what there is to do
dossiers-tasks-agency = Deciding agency
dossiers-tasks-progress = { $done } of { $total } questions done.
dossiers-tasks-check = Check and send
dossiers-tasks-start = Start answering
dossiers-tasks-go-on = Go on
dossiers-tasks-to-check = Check, then send
dossiers-tasks-leave = Leave it for later
dossiers-tasks-kept = A draft is kept for 90 days after it was last saved.
dossiers-tasks-discard = Delete this draft
dossiers-tasks-discard-text = All answers and uploaded files will be gone for good.
dossiers-tasks-discard-button = Delete the draft
dossiers-task-cannot-start = Cannot start yet
dossiers-task-not-started = Not started
dossiers-task-in-progress = In progress
dossiers-task-done = Done
dossiers-task-problem = There is a problem
dossiers-saved = Saved at { $time }
dossiers-saved-at = Saved at { $time } on { $day }
dossiers-saving = Saving…
dossiers-saving-failed = Not saved: the connection is lost. It is being tried again; please keep this page open.
dossiers-save-and-leave = Save and leave
dossiers-item-change = Change
dossiers-item-remove = Remove
dossiers-stop-back = Back to the list of parts
dossiers-file-choose = Choose a file
dossiers-file-choose-more = Choose another file
dossiers-file-upload = Upload the file
dossiers-file-progress = Uploading
dossiers-file-broken = The connection was lost while uploading. Please upload this file again.
dossiers-file-remove = Remove this file
dossiers-file-replace = Replace it with another file
dossiers-file-hash = Fingerprint of the file (SHA-256):
dossiers-file-wallet = Use a document from the wallet
dossiers-file-wallet-label = Documents in the wallet
dossiers-file-wallet-button = Use this document
dossiers-check-title = Check before sending
dossiers-check-open = Some questions are not answered
dossiers-check-open-text = Answer them first, then send.
dossiers-check-go-on = Go on answering
dossiers-check-send = Send the application
dossiers-check-declare = By pressing “Send the application” the applicant confirms that the above is true and answers for it before the law.
dossiers-send-button = Send the application
dossiers-sent-title = The application has been sent
dossiers-sent-number = Request number:
dossiers-sent-at = Sent at
dossiers-sent-next = What happens next
dossiers-sent-next-check = The office checks the application and answers during working hours.
dossiers-sent-next-code = Once accepted, the dossier gets a code and the date on which its result is due.
dossiers-sent-next-result = The result goes into the document wallet, with a message by text or email.
dossiers-sent-told = Each step is told by text message or email.
dossiers-sent-follow = Follow the dossier
dossiers-sent-pdf = Download the confirmation (PDF)
dossiers-sent-print = See it for printing

# My dossiers
dossiers-mine-title = My dossiers
dossiers-mine-for = Showing the dossiers of { $name }
dossiers-mine-empty = There are no dossiers yet. Find the procedure and press “Apply”.
dossiers-mine-find = Find a procedure
dossiers-mine-drafts = Being filled in
dossiers-mine-sent-title = Sent
dossiers-mine-sent = Sent at { $at }
dossiers-mine-due = Due { $at }
dossiers-mine-todo-supplement = A supplement is needed
dossiers-mine-todo-money = A payment is needed
dossiers-todo-supplement = A supplement is needed
dossiers-todo-money = A payment is needed
dossiers-todo-until = By { $day }
dossiers-todo-supplement-button = Send further papers
dossiers-wallet-title = Document wallet
dossiers-wallet-of = Documents of { $name }
dossiers-wallet-empty = There are no documents yet. Results of dossiers filed here will appear here.
dossiers-wallet-dossier = Its dossier
dossiers-result = Result
dossiers-result-proposed = Draft of the result
dossiers-result-approved = Approved result, waiting for its signatures
dossiers-result-ready = The result is here
dossiers-result-see = See the result
dossiers-result-pdf = Download the PDF
dossiers-result-title = Document
dossiers-result-number = Number
dossiers-result-unit = Issued by
dossiers-result-signer = Signed by
dossiers-result-issued = Issued at
dossiers-result-check-code = Check code
dossiers-supplement-title = Send further papers
dossiers-supplement-for = Which paper this file is
dossiers-supplement-other = Another paper
dossiers-supplement-file-hint = PDF, JPG or PNG; each file up to 20 MB.
dossiers-supplement-send = Send what was asked for
dossiers-supplement-words = Explanation
dossiers-supplement-words-hint = For example: the date of birth should read 05/11/2026.
dossiers-supplement-empty = Change an answer, upload at least one file or write an explanation
dossiers-supplement-open = Some questions are not answered yet. Open each question marked “Needs mending” below
dossiers-again = The office asks you to answer this question again.
dossiers-again-earlier = The answer you sent:
dossiers-again-title = Questions to answer again
dossiers-again-lead = Open each question, mend the answer and press “Continue”. The office sees the new answers only when you send the supplement.
dossiers-again-open = Needs mending
dossiers-again-changed = Changed
dossiers-again-unchanged = Not changed yet
dossiers-changes = Answers that were changed
dossiers-changes-question = Question
dossiers-changes-before = Before
dossiers-changes-after = After
dossiers-changes-not-asked = Not asked
dossiers-declaration = The whole declaration
dossiers-supplement-button = Send
dossiers-withdraw-link = Withdraw the dossier
dossiers-withdraw-title = Withdraw the dossier
dossiers-withdraw-lead = The office will stop working on it. To start again, send a new application.
dossiers-withdraw-reason = Reason
dossiers-withdraw-button = Withdraw the dossier
dossiers-rate-link = Rate how it was handled
dossiers-rate-title = Rate how it was handled
dossiers-rate-question = How satisfied
dossiers-rate-5 = Very satisfied
dossiers-rate-4 = Satisfied
dossiers-rate-3 = Neither
dossiers-rate-2 = Dissatisfied
dossiers-rate-1 = Very dissatisfied
dossiers-rate-missing = Choose how satisfied
dossiers-rate-words = Anything else
dossiers-rate-words-hint = What was good, what should be done otherwise.
dossiers-rate-button = Send the rating
dossiers-rated-stars = Rated { $stars } out of 5 by the applicant.

# Tracking without an account
dossiers-track-title = Track a dossier
dossiers-track-lead = See where a dossier stands, by its code and the telephone number given with it.
dossiers-track-number = Dossier code or request number
dossiers-track-number-hint = It is on the receipt, such as H01.101-261123-0001 or 261123-48392057-6.
dossiers-track-number-missing = Enter the dossier code or request number
dossiers-track-number-shape = This does not look like a dossier code. Check the receipt or the text message
dossiers-track-number-digit = One digit of the request number is wrong. Check it digit by digit
dossiers-track-phone = Telephone number
dossiers-track-phone-hint = The one given with the dossier.
dossiers-track-phone-missing = Enter the telephone number
dossiers-track-phone-shape = The telephone number needs 10 digits, such as 0912 345 678
dossiers-track-unknown = No dossier has this code and this telephone number. Check both
dossiers-track-button = Track
dossiers-track-account = With an account, see:
dossiers-track-todo = This dossier is waiting for the applicant.
dossiers-track-sign-in = Sign in to see what is needed

# Checking a result
dossiers-verify-title = Check a document
dossiers-verify-lead = Enter the check code printed on a document to see whether it was issued by the office.
dossiers-verify-code-hint = 12 letters and digits, such as K7QF-M2XH-94TD.
dossiers-verify-code-missing = Enter the check code
dossiers-verify-code-shape = The check code needs 12 letters and digits
dossiers-verify-button = Check
dossiers-verify-unknown = No document has this code
dossiers-verify-unknown-text = Check the code. If it is printed exactly so, the document was not issued by this system.
dossiers-verify-genuine = This document is genuine
dossiers-verify-genuine-text = It was issued by the office below and is kept in this system.
dossiers-verify-doubtful = This document cannot be relied on yet
dossiers-verify-doubtful-text = The office below issued it, but the digital signatures of the PDF do not hold. Ask the office before you rely on it.
dossiers-verify-to = Issued to
dossiers-verify-hash = SHA-256 of the PDF
dossiers-verify-compare = Compare name, number and contents with the paper in hand. If they differ, the paper was altered.
dossiers-verify-another = Check another document
dossiers-verify-code-heading = By the code printed on paper
dossiers-verify-file-heading = By a file with a digital signature
dossiers-verify-file-lead = Choose the file you received to learn who signed it, when, and whether it was changed afterwards. The file is not kept.
dossiers-verify-file = File with a digital signature
dossiers-verify-file-hint = PDF, XML, JSON, CMS or ASiC-E, at most 25 MB.
dossiers-verify-file-button = Check the signature
dossiers-verify-file-more = The signature is a file of its own, or JSON is wanted
dossiers-verify-signatures = Digital signatures of the PDF
dossiers-verify-person = Signed by
dossiers-verify-agency = Digital seal of the agency
dossiers-verify-file-check = With the PDF at hand: check that very file

# Digital signatures of papers
dossiers-signing = Digital signatures
dossiers-signing-signed = The PDF was fully signed at { $at }.
dossiers-signing-asked = The PDF is not signed yet; it is being prepared for signature.
dossiers-signing-waiting = The PDF is not signed yet; it waits for the competent person and for the agency's digital seal.
dossiers-signing-no-press = This copy carries no digital signature: when it was issued, no PDF could be made.
dossiers-signing-no-certificate = This copy carries no digital signature: when it was issued, its signer had no certificate.
dossiers-signing-no-seal = This copy carries no digital signature: when it was issued, the agency had no digital seal.
dossiers-signing-declined = This copy carries no digital signature: its signer sent it back.
dossiers-signing-withdrawn = This copy carries no digital signature: it was taken back before it was signed.
dossiers-signing-check = Check the signatures of the PDF
dossiers-signing-sign = Open it to sign
dossiers-awaited = The approved result waits for its signatures
dossiers-awaited-text = { $who } approved it at { $at }. Once it is signed and sealed it is issued, and the dossier goes on to the hand-over by itself. To change what it says, take it back first.
dossiers-awaited-sign = Open it to sign

# The officer's desk
dossiers-queue-title = Dossiers of { $unit }
dossiers-queue-heading = Dossiers
dossiers-queue-offices = Units
dossiers-queue-tabs = Groups
dossiers-queue-search = Name, code or telephone
dossiers-queue-channel = How filed
dossiers-queue-deadline = Due
dossiers-queue-any = All
dossiers-queue-filter = Filter
dossiers-queue-clear = Clear filters
dossiers-queue-none = There are no dossiers in this group. They appear here when somebody applies or an earlier step passes them on.
dossiers-queue-none-filtered = No dossier matches. Try fewer filters.
dossiers-queue-dossier = Dossier
dossiers-queue-procedure = Procedure
dossiers-queue-state = Status
dossiers-queue-moved = new date given
dossiers-queue-open-first = Open the first dossier
dossiers-pile-new = To be accepted
dossiers-pile-work = Being handled
dossiers-pile-waiting = Waiting for the applicant
dossiers-pile-ready = To be handed over
dossiers-pile-ended = Ended
dossiers-demand-supplement = Further papers asked for
dossiers-demand-money = Payment asked for
dossiers-demand-asked = { $at }, { $by }
dossiers-demand-answer = The applicant's answer:

# What officers do
dossiers-act-tiep-nhan = Accept
dossiers-act-tiep-nhan-lead = The dossier gets its code, the due date counts from now, and the receipt is issued.
dossiers-act-tiep-nhan-button = Accept the dossier
dossiers-act-bo-sung = Ask for further papers
dossiers-act-bo-sung-lead = Name each paper and each question of the declaration that is missing or wrong. The time until the answer is not counted. After acceptance this may be done once.
dossiers-act-bo-sung-button = Send the request
dossiers-act-tu-choi = Refuse
dossiers-act-tu-choi-lead = The applicant gets a refusal slip with the reason. This cannot be undone.
dossiers-act-tu-choi-button = Refuse the dossier
dossiers-act-chuyen = Pass on
dossiers-act-chuyen-lead = Hands the dossier to the next step. The hand-over goes into the control slip.
dossiers-act-chuyen-button = Pass on
dossiers-act-tra-lai = Pass back
dossiers-act-tra-lai-lead = The dossier goes back to the step before, with the reason. Only officers read it.
dossiers-act-tra-lai-button = Pass back
dossiers-act-du-thao = Draft the result
dossiers-act-du-thao-lead = The leader finds this filled in when deciding.
dossiers-act-du-thao-button = Save the draft
dossiers-act-quyet-dinh = Sign and issue
dossiers-act-quyet-dinh-lead = Where papers are signed digitally, the result is issued once it is signed and sealed. Elsewhere it is issued at once, which cannot be undone. It then has its check code and goes into the applicant's wallet.
dossiers-act-quyet-dinh-button = Issue the result
dossiers-act-rut-trinh-ky = Take it back from signature
dossiers-act-rut-trinh-ky-lead = The result is not issued yet. The approval is as if it had not been, and signatures made so far are dropped; the wording stays, to be changed and approved again.
dossiers-act-rut-trinh-ky-button = Take it back
dossiers-act-nghia-vu-tai-chinh = Ask for a payment
dossiers-act-nghia-vu-tai-chinh-lead = The time until it is paid is not counted.
dossiers-act-nghia-vu-tai-chinh-button = Send the request
dossiers-act-da-nop-tien = Note the payment
dossiers-act-da-nop-tien-lead = Handling goes on and the clock runs again.
dossiers-act-da-nop-tien-button = Note the payment
dossiers-act-hen-lai = Apologise and name a new date
dossiers-act-hen-lai-lead = Once only, and before the due date. The applicant gets a letter with the reason and the new date.
dossiers-act-hen-lai-button = Send apology and new date
dossiers-act-dung = Stop
dossiers-act-dung-lead = The applicant gets a notice with the reason. This cannot be undone.
dossiers-act-dung-button = Stop the dossier
dossiers-act-nhan-bo-sung = Take further papers at the counter
dossiers-act-nhan-bo-sung-lead = The applicant has brought what was asked for. The clock runs again.
dossiers-act-nhan-bo-sung-button = Note them as received
dossiers-act-qua-han-bo-sung = Time for further papers has passed
dossiers-act-qua-han-bo-sung-lead = Possible only after the time has passed. The dossier ends and the applicant is told.
dossiers-act-qua-han-bo-sung-button = End the dossier
dossiers-act-tra-ket-qua = Hand the result over
dossiers-act-tra-ket-qua-lead = Note how it was handed over and to whom.
dossiers-act-tra-ket-qua-button = Note the hand-over
dossiers-act-ghi-chu = Internal note
dossiers-act-ghi-chu-lead = Only officers read it; the applicant does not see it.
dossiers-act-ghi-chu-button = Save the note
dossiers-how-person = In person
dossiers-how-online = Online, in the document wallet
dossiers-how-post = By post

# Fields for officers
dossiers-field-ly-do = Reason
dossiers-field-ly-do-hint = Written for the applicant: what is missing, why, and what to do.
dossiers-field-ly-do-missing = Enter the reason
dossiers-field-can-cu = Legal basis
dossiers-field-loi-nhan = Message to the applicant
dossiers-field-giay-to-hint = Tick each paper that is missing or wrong.
dossiers-field-giay-to = Papers to be added or mended
dossiers-field-giay-to-what = What is missing or wrong
dossiers-field-cau-hoi = Questions of the declaration to answer again
dossiers-field-cau-hoi-hint = The applicant can reopen only what is ticked; the earlier answers are kept to compare.
dossiers-field-cau-hoi-what = What is wrong
dossiers-field-han-tra-loi-hint = Leave empty for the number of days set in the working calendar.
dossiers-field-han-tra-loi = To be answered by
dossiers-field-so-tien = Amount due
dossiers-field-so-tien-missing = Enter an amount above 0
dossiers-field-ghi-nhan = Note
dossiers-field-ghi-chu = Note
dossiers-field-ghi-chu-missing = Enter the note
dossiers-field-buoc = Next step
dossiers-field-ten = Title of the document
dossiers-field-ten-missing = Enter the title of the document
dossiers-field-so = Number
dossiers-field-so-missing = Enter the number
dossiers-field-noi-dung = Text
dossiers-field-noi-dung-hint = Each line is a paragraph of the document.
dossiers-field-noi-dung-missing = Enter the text
dossiers-field-ngay-moi = New date
dossiers-field-ngay-hen = Result due on
dossiers-field-ngay-hen-hint = The procedure gives no number of days, so a date has to be named.
dossiers-field-vi-sao = Why on that day
dossiers-field-cach = How the result was handed over
dossiers-field-cach-missing = Choose how it was handed over
dossiers-field-nguoi-nhan = Taken by
dossiers-field-nguoi-nhan-hint = When somebody else took it, or the number of the postal item.
dossiers-field-date-missing = Enter the date
dossiers-field-date-unreal = Not a date: day, month and a year of 4 digits are needed
dossiers-field-date-past = The date must be after today
dossiers-field-count-shape = Copies are counted in digits, up to 99
dossiers-field-kenh = How it is filed
dossiers-field-ho-ten = Full name of the applicant, or of the organisation
dossiers-field-ho-ten-missing = Enter the applicant's full name
dossiers-field-so-dinh-danh = Personal number or tax code
dossiers-field-so-dinh-danh-shape = A personal number has 12 digits, a tax code 10 or 13
dossiers-field-dien-thoai = Telephone number
dossiers-field-dien-thoai-hint = For text messages and for tracking.
dossiers-field-thu-dien-tu = Email
dossiers-field-thu-dien-tu-shape = The email address needs the form name@host.vn
dossiers-field-dia-chi = Address
dossiers-field-nop-thay-ho-ten = Full name of whoever files for the applicant
dossiers-field-nop-thay-so = Their personal number
dossiers-field-nop-thay-dien-thoai = Their telephone number

# Counter
dossiers-counter-title = Receive at the counter
dossiers-counter-search = Procedure
dossiers-counter-search-hint = Its code, or some words of its name.
dossiers-counter-search-button = Find
dossiers-counter-none = No procedure found. Try other words, or its code.
dossiers-counter-acting = Somebody files for the applicant
dossiers-counter-papers = Papers taken in
dossiers-counter-button = Accept and issue the receipt

# Register
dossiers-register-period = From { $from } to { $to }
dossiers-register-tu = From
dossiers-register-den = To
dossiers-register-none = There are no dossiers in this time. Choose other dates, then press “Filter”.
dossiers-register-full = Only the first 1,000 lines are shown. Choose a shorter time to see all.
dossiers-register-number = No.
dossiers-register-code = Dossier code
dossiers-register-subject = Applicant
dossiers-register-received = Received
dossiers-register-due = Due
dossiers-register-finished = Decided
dossiers-register-handed = Handed over
dossiers-register-note = Note

# Papers
dossiers-paper-slip01 = Receipt of the dossier and appointment for its result
dossiers-paper-slip02 = Request for further papers
dossiers-paper-slip03 = Refusal to receive the dossier
dossiers-paper-slip04 = Apology and request for more time
dossiers-paper-slip05 = Notice that the dossier was stopped
dossiers-paper-slip06 = Control slip of the dossier
dossiers-paper-slip07 = Register of dossiers
dossiers-paper-request = Confirmation of an online request
dossiers-paper-result = Result
dossiers-paper-state = SOCIALIST REPUBLIC OF VIET NAM
dossiers-paper-motto = Independence - Freedom - Happiness
dossiers-paper-place-and-date = { $place }, { $day }/{ $month }/{ $year }
dossiers-paper-moment = { $hour }:{ $minute }, { $date }
dossiers-paper-number = No.
dossiers-paper-subject = Name of person or organisation
dossiers-paper-identity = Personal number or tax code
dossiers-paper-address = Address
dossiers-paper-phone = Telephone
dossiers-paper-email = Email
dossiers-paper-acting = Filed by
dossiers-paper-procedure = Request
dossiers-paper-components = Papers handed in
dossiers-paper-name = Paper
dossiers-paper-originals = Originals
dossiers-paper-copies = Copies
dossiers-paper-files = Files
dossiers-paper-sets = Number of sets
dossiers-paper-time-limit = Time limit
dossiers-paper-received-at = Received
dossiers-paper-due-at = Result due
dossiers-paper-because = Reckoned
dossiers-paper-result-place = Result to be had at
dossiers-paper-result-online = Document wallet of the public service portal
dossiers-paper-fee = Fee
dossiers-paper-fee-service = Service fee
dossiers-paper-fee-charge = Charge
dossiers-paper-free = Free of charge
dossiers-paper-giver = APPLICANT
dossiers-paper-taker = RECEIVED BY
dossiers-paper-officer = OFFICER
dossiers-paper-wanted = Papers to be added or mended
dossiers-paper-what = What is wanted
dossiers-paper-reason = Reason
dossiers-paper-legal-basis = Legal basis
dossiers-paper-stage = Stage
dossiers-paper-stage-reception = At reception
dossiers-paper-stage-handling = While being handled
dossiers-paper-answer-by = To be answered by
dossiers-paper-due-before = Result was due
dossiers-paper-due-new = Result now due
dossiers-paper-sent-at = Sent
dossiers-paper-receiving-office = Received by
dossiers-paper-answered-by = Answered at the latest
dossiers-paper-question = Question
dossiers-paper-answer = Answer
dossiers-paper-files-sent = Files sent
dossiers-paper-file = File
dossiers-paper-size = Size
dossiers-paper-sha256 = SHA-256
dossiers-paper-follow = Follow the dossier at:
dossiers-paper-office-phone = Telephone of the office:
dossiers-paper-pdf = Download the PDF
dossiers-paper-print = Print this page
dossiers-paper-page = See and print it from the page
dossiers-control-table = Hand-overs
dossiers-control-given = Given by
dossiers-control-taken = Taken by
dossiers-control-taken-by = { $role }, { $unit }
dossiers-control-at = When
dossiers-control-course = In time
dossiers-control-note = Note

# What has just been done
dossiers-notice-saved = Saved. Go on at any time, from any device.
dossiers-notice-item-removed = Removed.
dossiers-notice-file-kept = The file was received.
dossiers-notice-file-removed = The file was removed.
dossiers-notice-discarded = The draft was deleted.
dossiers-notice-moved = The deciding agency was changed.
dossiers-notice-supplement-given = Sent. The office goes on with the dossier.
dossiers-notice-withdrawn = The dossier was withdrawn.
dossiers-notice-rated = Thank you for the rating.
dossiers-notice-accepted = Accepted, and the receipt is issued.
dossiers-notice-taken-in = Accepted. The receipt is below, ready to print.
dossiers-notice-supplement-asked = The request for further papers was sent.
dossiers-notice-supplement-taken = The further papers were noted.
dossiers-notice-refused = The dossier was refused.
dossiers-notice-handed-on = Passed on.
dossiers-notice-handed-back = Passed back.
dossiers-notice-proposed = The draft of the result was saved.
dossiers-notice-decided = The result was issued.
dossiers-notice-approved = The result is approved. Sign it to issue it.
dossiers-notice-approved-later = The result is approved. The copy to be signed is being made and will be under Signing in a few minutes.
dossiers-notice-recalled = It was taken back. It can be changed and approved again.
dossiers-notice-money-asked = The request for payment was sent.
dossiers-notice-money-settled = The payment was noted.
dossiers-notice-reappointed = Apology and new date were sent.
dossiers-notice-stopped = The dossier was stopped.
dossiers-notice-expired = The dossier was ended.
dossiers-notice-delivered = The hand-over was noted.
dossiers-notice-noted = The note was saved.
dossiers-notice-calendar-changed = Saved. Due dates already given stay as they are.

# Refusals
dossiers-refusal-changed = The dossier has just changed
dossiers-refusal-changed-detail = { $by } acted on this dossier at { $at }: { $what ->
    [sent] sent it
    [taken-in] took it in at the counter
    [accepted] accepted it
    [refused] refused it
    [supplement-asked] asked for further papers
    [supplement-given] sent further papers
    [supplement-expired] ended it, the time for further papers having passed
    [money-asked] asked for a payment
    [money-settled] noted the payment
    [handed-on] passed it on
    [handed-back] passed it back
    [noted] left a note
    [result-proposed] drafted the result
    [approved] approved the result
    [approval-ended] took the approval back
    [decided] issued the result
    [stopped] stopped it
    [reappointed] named a new date
    [withdrawn] withdrew it
    [result-handed-over] handed the result over
   *[other] changed it
}. Open the dossier again, and go on if it is still needed.
dossiers-refusal-not-now = Not possible now
dossiers-refusal-not-now-detail = The dossier's status is “{ $status ->
    [registered] Newly registered
    [accepted] Accepted
    [refused] Not accepted
    [handling] Being handled
    [supplement] Further papers asked for
    [money-due] Payment asked for
    [withdrawn] Withdrawn by the applicant
    [stopped] Stopped
    [finished] Decided
   *[handed-over] Result handed over
}”, so this cannot be done. Open the dossier again to see what can.
dossiers-refusal-incomplete = The application is not complete
dossiers-refusal-incomplete-detail = Some questions are not answered or papers not uploaded. Open it to finish.
dossiers-refusal-nothing = The supplement is empty
dossiers-refusal-nothing-detail = Change at least one answer, upload a file or write an explanation, then send it again.
dossiers-refusal-procedure-closed = Nothing is filed under this procedure at present
dossiers-refusal-procedure-closed-detail = It was replaced or abolished. Look for another procedure or ask the receiving office. The answers are kept.
dossiers-refusal-not-online = This procedure cannot be filed online yet
dossiers-refusal-not-online-detail = Please file it in person or by post.
dossiers-refusal-agency = This agency does not receive online yet
dossiers-refusal-agency-detail = Choose another agency, or file in person.
dossiers-refusal-supplement-asked = Further papers were asked for already
dossiers-refusal-supplement-asked-detail = After acceptance they may be asked for { $times ->
    [one] once
   *[other] { $times } times
} only. Decide on the papers there are, or stop the dossier with the reason.
dossiers-refusal-answer-time = The applicant still has time
dossiers-refusal-answer-time-detail = The applicant may answer until { $until }.
dossiers-refusal-reappointed = A new date was named already
dossiers-refusal-reappointed-detail = A new date may be named { $times ->
    [one] once
   *[other] { $times } times
} for a dossier. Decide as soon as possible.
dossiers-refusal-day = This date is not possible
dossiers-refusal-day-detail = The new date must be later than { $due }. Go back and choose another.
dossiers-refusal-due-passed = The due date has passed
dossiers-refusal-due-passed-detail = An apology is sent before the due date, { $due }. Decide now and give the reason with the result.
dossiers-refusal-due-needed = A due date has to be named
dossiers-refusal-due-needed-detail = The procedure gives no number of days. Go back and enter the date.
dossiers-refusal-no-step = There is no such step
dossiers-refusal-no-step-detail = The dossier cannot go to the chosen step. Open it again to see the steps.
dossiers-refusal-awaits-signature = The result waits for its signatures
dossiers-refusal-awaits-signature-detail = The result is approved and waits for its signatures, so nothing else can be done. To change something, whoever approved it takes it back first.
dossiers-refusal-signing-over = The signing has just ended
dossiers-refusal-signing-over-detail = The document was signed or sent back a moment ago and cannot be taken back any more. Open the dossier again to see.
dossiers-refusal-rated = Rated already
dossiers-refusal-rated-detail = Each result is rated once.
dossiers-refusal-sent = The application was sent already
dossiers-refusal-sent-detail = It cannot be changed any more. See it under “My dossiers”.
dossiers-refusal-draft-changed = The draft has just changed
dossiers-refusal-draft-changed-detail = It was saved from another device at { $at }. Open this page again to see the latest, then go on.
dossiers-refusal-due-fault = The due date cannot be reckoned
dossiers-refusal-due-fault-detail = The unit's working calendar is not complete. Please tell the unit's administrator.
dossiers-refusal-file = The file was not received
dossiers-refusal-file-detail = It could not be kept. Try again in some minutes, or choose another file.
dossiers-refusal-press = The PDF cannot be made now
dossiers-refusal-press-detail = The printing program is not installed or is busy. The paper can still be seen and printed from its page.

# Working calendar
dossiers-calendar-title = Working calendar
dossiers-calendar-lead = Each change makes a new version. Due dates already given do not move with it.
dossiers-calendar-country = The whole country
dossiers-calendar-places = Reach
dossiers-calendar-years = Year
dossiers-calendar-days = Days off and days made up in { $year }
dossiers-calendar-no-days = There are none yet.
dossiers-calendar-no-days-unit = The unit has none of its own. Those of the whole country apply.
dossiers-calendar-no-hours-unit = The unit has no hours of its own. The general office hours apply.
dossiers-calendar-change = Change
dossiers-calendar-remove = Remove
dossiers-calendar-confirm = Confirm by notice
dossiers-calendar-add-day = Add a day
dossiers-calendar-ngay = Day
dossiers-calendar-loai = Kind
dossiers-calendar-ten = Name
dossiers-calendar-ten-missing = Enter the name of the day
dossiers-calendar-ten-en = Name in English
dossiers-calendar-can-cu = Basis
dossiers-certainty-notice = Official notice
dossiers-certainty-expected = Expected
dossiers-day-holiday = Public holiday
dossiers-day-compensation = Day in lieu
dossiers-day-swap-off = Day off in exchange
dossiers-day-swap-work = Worked in exchange
dossiers-day-closure = The unit is closed
dossiers-calendar-hours = Office hours
dossiers-calendar-hours-from = From { $date }
dossiers-calendar-rest = Closed
dossiers-calendar-add-hours = Add a table of hours
dossiers-calendar-tu-ngay = From
dossiers-calendar-sang-thu-bay = Reception on Saturday morning
dossiers-calendar-hours-shape = Not hours: write 07:30-11:30 13:30-17:00; Monday needs some
dossiers-calendar-rules = Rules of time limits
dossiers-calendar-add-rule = Add a rule
dossiers-calendar-quy-tac = Rule
dossiers-calendar-hieu-luc = From
dossiers-calendar-gia-tri = Value
dossiers-calendar-gia-tri-hint = A number, a time such as 15:00, or - when it no longer applies.
dossiers-calendar-gia-tri-shape = This value does not fit the rule
dossiers-calendar-van-ban = Legal text
dossiers-calendar-van-ban-missing = Enter the legal text
dossiers-rule-reception-cut-off = Received later than this counts from the next working day
dossiers-rule-online-answer-hours = Working hours to answer an online request
dossiers-rule-hours-per-day = Hours of one working day
dossiers-rule-supplement-requests-max = Times further papers may be asked for after acceptance
dossiers-rule-supplement-answer-days = Days the applicant has to answer
dossiers-rule-reappointments-max = Times a new date may be named
dossiers-calendar-note = Reason for the change
dossiers-calendar-note-missing = Enter the reason for the change
dossiers-calendar-nothing = No change was chosen
dossiers-calendar-history = History
dossiers-calendar-version = Version { $number }
dossiers-calendar-shipped = The first, as the program brings it

# Letters and text messages. Text messages are sent without diacritics.
dossiers-mail-frame = Dear { $name },

    { $text }

    Details: { $address }
    Without an account: { $track }

    This letter was sent automatically; please do not answer it.
dossiers-tell-sent-subject = Application { $number } received
dossiers-tell-sent-mail = The application “{ $procedure }” was received, request number { $number }. The office will answer by { $until }.
dossiers-tell-sent-sms = Application { $number } received. The office will answer by { $until }.
dossiers-tell-taken-in-subject = Dossier { $number } accepted
dossiers-tell-taken-in-mail = The dossier “{ $procedure }” was accepted under the code { $number }. Its result is due { $due }.
dossiers-tell-taken-in-sms = Dossier { $number } accepted. Result due { $due }.
dossiers-tell-accepted-subject = Dossier { $number } accepted
dossiers-tell-accepted-mail = The dossier “{ $procedure }” was accepted under the code { $number }. Its result is due { $due }.
dossiers-tell-accepted-sms = Dossier { $number } accepted. Result due { $due }.
dossiers-tell-refused-subject = Dossier { $number } not accepted
dossiers-tell-refused-mail = The dossier “{ $procedure }” was not accepted. Reason: { $reason }
dossiers-tell-refused-sms = Dossier { $number } not accepted. Reason: { $reason }
dossiers-tell-supplement-asked-subject = Further papers needed for dossier { $number }
dossiers-tell-supplement-asked-mail = The dossier “{ $procedure }” needs further papers: { $reason } Please send them by { $until }.
dossiers-tell-supplement-asked-sms = Dossier { $number } needs further papers: { $reason } By { $until }.
dossiers-tell-supplement-expired-subject = Dossier { $number } ended
dossiers-tell-supplement-expired-mail = The time to send further papers for “{ $procedure }” has passed, so the dossier ended. { $reason } A new one can be filed.
dossiers-tell-supplement-expired-sms = Dossier { $number } ended: the time for further papers has passed. A new one can be filed.
dossiers-tell-money-asked-subject = Payment needed for dossier { $number }
dossiers-tell-money-asked-mail = The dossier “{ $procedure }” needs a payment: { $reason } By { $until }.
dossiers-tell-money-asked-sms = Dossier { $number } needs a payment: { $reason } By { $until }.
dossiers-tell-stopped-subject = Dossier { $number } stopped
dossiers-tell-stopped-mail = The dossier “{ $procedure }” was stopped. Reason: { $reason }
dossiers-tell-stopped-sms = Dossier { $number } was stopped. Reason: { $reason }
dossiers-tell-reappointed-subject = Apology and a new date for dossier { $number }
dossiers-tell-reappointed-mail = We apologise: the result of “{ $procedure }” cannot be ready on the date given. Reason: { $reason } The new date is { $due }.
dossiers-tell-reappointed-sms = We apologise: dossier { $number } will be late. New date { $due }. Reason: { $reason }
dossiers-tell-withdrawn-subject = Dossier { $number } withdrawn
dossiers-tell-withdrawn-mail = The dossier “{ $procedure }” was withdrawn as asked.
dossiers-tell-withdrawn-sms = Dossier { $number } was withdrawn as asked.
dossiers-tell-decided-subject = The result of dossier { $number } is here
dossiers-tell-decided-mail = The result of “{ $procedure }” is in the document wallet. A paper copy can be had where the dossier was received.
dossiers-tell-decided-sms = The result of dossier { $number } is here: in the wallet, or where the dossier was received.
dossiers-tell-result-handed-over-subject = The result of dossier { $number } was handed over
dossiers-tell-result-handed-over-mail = The result of “{ $procedure }” was handed over. Please rate how it was handled at the address below.
dossiers-tell-result-handed-over-sms = The result of dossier { $number } was handed over. Please rate it at { $address }
