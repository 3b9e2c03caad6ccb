### Words of the web: the frame of pages, forms, pages about problems, help.

web-site-name = Liên Thông
web-site-line = Online public services
web-title-wrong = Error: { $title }
web-skip = Skip to main content
web-tools = Language and account
web-other-language = Tiếng Việt
web-sign-in = Sign in
web-sign-out = Sign out
web-account = Account
web-on-behalf = Acting for { $whom }.
web-on-behalf-change = Change for whom
web-service = Main sections
web-menu = My work
web-crumbs = Where you are
web-back = Back
web-close = Close
web-footer = About this site
web-footer-updated = Data as of { $at }
web-help-link = Help and contact
web-accessibility-link = Accessibility
web-privacy-link = Privacy
web-demo-mark = Demonstration.
web-demo = All applications and people here are made up and have no legal effect.
web-density-compact = Compact rows
web-density-roomy = Roomy rows
web-stay-notice-kept = Your session has been extended.

## Forms

web-errors-title = There is a problem
web-field-error-mark = Error:
web-field-optional = (optional)
web-field-date-day = Day
web-field-date-month = Month
web-field-date-year = Year
web-field-show-password = Show
web-field-hide-password = Hide
web-saving = Saving…
web-saved-at = Saved at { $at }
web-save-failed = Not saved yet. What was typed is still on this page; saving will be tried again.
web-upload-progress = Uploading:
web-upload-broken = The connection was lost while uploading. Please try again.

## Time running out

web-timeout-title = Your session is about to end
web-timeout-text = To keep your account safe, you will be signed out in
web-timeout-minutes = minutes
web-timeout-soon = less than a minute
web-timeout-stay = Stay signed in

## Keyboard

web-keys-title = Keyboard shortcuts
web-keys-off = Turn shortcuts off on this device
web-keys-open = Open the list of shortcuts

## Paging, lists

web-pages = Pages of results
web-pages-next = Next page
web-pages-first = Back to the first page
web-list-count =
    { $count ->
        [0] No results
        [one] { $count } result
       *[other] { $count } results
    }
web-summary-change = Change
web-summary-missing = Not provided
web-table-behind = Show the figures as a table
web-copy = Copy
web-copied = Copied
web-step-of = Step { $at } of { $all }

## When something cannot be done

web-problem-not-found = Page not found
web-problem-not-found-detail = This address does not exist, or is meant for somebody else. Check the address; if you followed a link, the link may be out of date.
web-problem-sign-in = Sign in to continue
web-problem-sign-in-detail = Your session has ended, or you are not signed in. Once you have signed in you can carry on where you were.
web-problem-changed = Somebody else has just changed this
web-problem-changed-detail = While this page was open, somebody changed the same content. Open the page again to see the latest version, then repeat your change if it is still needed.
web-problem-later = The service is paused
web-problem-later-detail = This cannot be done right now. Try again in a few minutes.
web-problem-outcome = It is not known whether this was saved
web-problem-outcome-detail = The connection to the database was lost while saving, so it is not known whether what you just sent was saved. Open the page or the list again and look; send it again only if it is not there.
web-problem-too-often = Sent too often
web-problem-too-often-detail = Too many requests came from this connection. Wait { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    } and try again.
web-problem-long-head = The request is too long
web-problem-long-head-detail = The browser sent too much along with it, mostly old cookies of this site. Delete the cookies of this site and open the page again.
web-problem-too-large = What was sent is too large
web-problem-too-large-detail = This page takes at most { $limit } MB at a time. Make the file smaller (for example, take the photo at a lower resolution) or send one file at a time.
web-problem-unreadable = What was sent could not be read
web-problem-unreadable-detail = It was damaged on the way or is not in the right format. Go back to the previous page, reload it and send it again.
web-problem-wrong-media = This format is not supported
web-problem-wrong-media-detail = This address does not take what was sent. Go back and use the form on the page.
web-problem-stale-form = The form is out of date
web-problem-stale-form-detail = The form was opened a long time ago, or you signed in again in another tab, so it has not been sent yet.
web-problem-foreign-form = The request was refused
web-problem-foreign-form-detail = This request came from another web site, so nothing was done. Open this site directly and do it from here.
web-problem-too-slow = The connection is too slow
web-problem-too-slow-detail = Not everything arrived. Try again when the connection is better; send large files one at a time.
web-problem-wrong-method = This cannot be opened that way
web-problem-wrong-method-detail = This address only takes forms. Open it from the page that has the form.
web-problem-broken = Something went wrong on our side
web-problem-broken-detail = This is our fault, not yours. It has been recorded. Try again; if it happens again, contact us and give the number below.
web-problem-number = Number of this incident:
web-problem-home = Go to the home page
web-problem-help = Help and contact
web-saved-yes = Everything you entered before has been saved.
web-saved-no = What you just sent was not saved. Everything saved before is still there.
web-saved-unknown = It is not certain whether what you just sent was saved. Open the page again and check before sending it once more; sending twice does no harm.
web-resend-kept = The answers you just entered are still here. Press the button below to send them again; passwords and codes, if any, must be entered again.
web-resend-sign-in = First sign in in a new tab, then come back to this page
web-resend-button = Send the answers again

## Help

web-help-title = Help and contact
web-help-lead = How to use this site, and where to ask when you need a person.
web-help-contact-title = Ask a person
web-help-contact = The One-Stop desk of the office that handles your application answers questions at the counter and by telephone during working hours. Its address and number are on the page of each procedure and each office. At the counter, staff can use this site for you.
web-help-form-title = Filling in forms
web-help-form-1 = Each page asks one thing. Press “Continue” for the next question, “Back” to change the one before; your answers stay.
web-help-form-2 = When something needs mending, a list of errors appears on top of the page; each line leads to its place. No answer is ever deleted.
web-help-form-3 = Only questions marked “(optional)” may be left empty.
web-help-form-4 = A lost connection or a second click does no harm: what you send is received once.
web-help-file-title = Sending files
web-help-file = Before each file field you see which types and sizes are accepted. Photographs of papers should show all four corners, without glare, with every letter readable.
web-help-session-title = Signing in and time limits
web-help-session = After { $minutes } minutes without activity you are signed out to keep your account safe, and warned beforehand. If you were in the middle of a form, your answers are kept for sending again after signing in. Signing in never asks you to solve a puzzle; you can paste passwords and use a password manager.
web-help-safe-title = Staying safe
web-help-safe = Nobody, not even staff, may ask for your password or a confirmation code. Sign in only when the address bar shows this site's address. On a shared computer, press “Sign out” when you are done.
web-help-look-title = Text, colours and printing
web-help-look = You can enlarge text in the browser up to 400% without scrolling sideways. A dark background follows the setting of your device. Every page can be printed. Press “Tiếng Việt” on top of the page to read it in Vietnamese.

## Accessibility

web-a11y-title = Accessibility
web-a11y-lead = This site is made so that everybody can use it: people who cannot see, people who use only a keyboard, people who read slowly, people with old devices and weak connections.
web-a11y-can-title = You can
web-a11y-can-1 = use the whole site with only a keyboard, or with a screen reader;
web-a11y-can-2 = enlarge it to 400% and use it on a screen 320 pixels wide without losing content;
web-a11y-can-3 = use all of it with JavaScript switched off;
web-a11y-can-4 = tell every status by word and shape, not only by colour;
web-a11y-can-5 = sign in without solving puzzles or reading distorted letters;
web-a11y-can-6 = ask for more time before your session ends.
web-a11y-standard-title = Standard
web-a11y-standard = The aim is level AA of the Web Content Accessibility Guidelines (WCAG) 2.2 and what the Law on Persons with Disabilities No. 51/2010/QH12 requires. Whenever the software changes, its pages are checked automatically with axe-core, empty, filled in and with errors, with and without JavaScript.
web-a11y-limits-title = Known limits
web-a11y-limits = Files sent by people and other offices may be photographs that a screen reader cannot read. If you need their content in another form, contact the office that handles the application.
web-a11y-tell-title = Tell us what is hard to use
web-a11y-tell = If something does not work for you, tell the One-Stop desk of the office that handles your application, in whatever way suits you best. It will be mended, and meanwhile staff will do for you what you need to do.

## Privacy

web-privacy-title = Privacy
web-privacy-lead = This site keeps what is needed to handle applications, and follows nobody.
web-privacy-keep-title = What is kept
web-privacy-keep-1 = What you enter and the files you send, so that the competent office can handle your application.
web-privacy-keep-2 = Who looked at an application and did what, and when: nobody can change this record.
web-privacy-keep-3 = The name of your browser and the time you signed in, so that you can recognise and end a session that is not yours.
web-privacy-not-title = What is not done
web-privacy-not-1 = No advertising, no social networks, no measuring tools of third parties. Pages load nothing from elsewhere.
web-privacy-not-2 = The technical log of the server holds no names, document numbers, network addresses or contents of applications.
web-privacy-not-3 = Nothing is sold or given to anybody but the offices competent by law.
web-privacy-cookies-title = Cookies
web-privacy-cookies = There are only the cookies the site cannot work without; that is why no dialog asks for permission.
web-privacy-cookie-caption = Cookies of this site
web-privacy-cookie-name = Name
web-privacy-cookie-why = What for
web-privacy-cookie-long = How long
web-privacy-cookie-session = Keeps you signed in; holds only a random number
web-privacy-cookie-form = Keeps other sites from sending forms in your name
web-privacy-cookie-notice = Shows a message after a form was sent
web-privacy-cookie-passage = Remembers the step you are at while signing in or registering; holds only a random number
web-privacy-cookie-known = Recognises a browser that has signed in before, so that somebody guessing passwords elsewhere cannot lock you out
web-privacy-cookie-lang = Remembers the language you chose
web-privacy-cookie-density = Remembers the density of rows you chose
web-privacy-cookie-browser = Until the browser is closed
web-privacy-cookie-minute = One minute
web-privacy-cookie-hour = An hour at most
web-privacy-cookie-year = One year
web-privacy-rights-title = Your rights
web-privacy-rights = Under the Law on Personal Data Protection No. 91/2025/QH15 and Decree 356/2025/NĐ-CP, everybody has the right to know about, see and correct their data, to ask for a copy, for deletion or for restricted processing as far as the law allows, to complain and to claim compensation. Send your request to the office that handles your application.

## Style guide (only in a demonstration)

web-guide-title = Style guide
web-guide-lead = Every piece of the site in every state. Designers and automatic tests look at the same page.
web-guide-crumb-home = Home
web-guide-form-title = Sample form
web-guide-one-title = Sample of a single question
web-guide-desk-title = Waiting applications
web-guide-desk-caption = Applications of the unit, most urgent first
web-guide-part-said = Messages
web-guide-part-tags = Statuses
web-guide-part-buttons = Buttons
web-guide-part-summary = Summary
web-guide-part-tasks = Task list
web-guide-part-steps = Progress
web-guide-part-timeline = Timeline
web-guide-part-stats = Figures
web-guide-part-list = Search results
web-guide-part-cards = Cards
web-guide-part-table = Table
web-guide-part-problems = Pages about problems
web-guide-notice-info = From 01/01/2027 land files are handed in at the commune
web-guide-notice-info-text = What was handed in before that day is handled where it was handed in.
web-guide-notice-good = Changes saved.
web-guide-notice-warn = One document is missing
web-guide-notice-warn-text = Add the birth notice by 17:00 on Friday, 27/11/2026; the time you take does not count against the due date.
web-guide-notice-bad = The application is 2 working days late.
web-guide-inset = No copies are needed of papers that state offices already hold.
web-guide-done = Application received
web-guide-done-number = Application number
web-guide-notice-sent = The sample form was sent.
web-guide-notice-uploaded = The file was uploaded.
web-guide-tag-good = On time
web-guide-tag-warn = Due soon
web-guide-tag-bad = Late
web-guide-tag-info = In progress
web-guide-tag-plain = Draft
web-guide-button-send = Submit application
web-guide-button-save = Save and leave
web-guide-button-withdraw = Withdraw application
web-guide-button-busy = Sending
web-guide-button-cancel = Cancel
web-guide-button-continue = Continue
web-guide-button-upload = Upload
web-guide-button-search = Search
web-guide-button-filter = Filter
web-guide-name = Full name
web-guide-name-hint = As on the identity card
web-guide-name-value = Nguyễn Thị Thuỷ Tiên
web-guide-name-missing = Enter the full name
web-guide-number = Personal identification number
web-guide-number-hint = 12 digits, on the front of the identity card
web-guide-number-wrong = The personal identification number must have 12 digits; it has { $count }
web-guide-born = Date of birth
web-guide-born-hint = For example, 27 3 1985
web-guide-born-missing = Enter the date of birth
web-guide-born-wrong = The date of birth must be a real date with a year of 4 digits
web-guide-phone = Telephone number
web-guide-mail = E-mail
web-guide-value = Value of the property
web-guide-province = Province or city
web-guide-choose = Choose
web-guide-how = How to get the result
web-guide-how-wallet = Electronically
web-guide-how-wallet-hint = As valid as paper, available at once
web-guide-how-post = By post
web-guide-how-desk = At the One-Stop desk
web-guide-how-missing = Choose how to get the result
web-guide-address = Address to send it to
web-guide-address-value = 12 Lê Lợi
    Thuận Hoá Ward
    Huế City
web-guide-address-missing = Enter the address to send the result to
web-guide-copies = Further copies
web-guide-copies-hint = Choose all that are needed
web-guide-copies-extract = Extract
web-guide-copies-paper = Stamped paper copy
web-guide-note = Note for the officer
web-guide-password = Password
web-guide-otp = Confirmation code
web-guide-otp-hint = 6 digits, just sent to the telephone
web-guide-file-title = Sending a file
web-guide-file = Birth notice
web-guide-file-hint = Photograph or PDF (.jpg, .png, .pdf), at most 10 MB
web-guide-file-missing = Choose the file of the birth notice
web-guide-search-title = Search
web-guide-search = Keywords
web-guide-task-child = About the child
web-guide-task-papers = Documents
web-guide-task-papers-hint = 1 of 3 there
web-guide-task-fee = Fee
web-guide-task-send = Check and submit
web-guide-task-done = Completed
web-guide-task-begun = In progress
web-guide-task-wrong = Needs mending
web-guide-task-later = Cannot start yet
web-guide-moment-sent = Application submitted
web-guide-moment-sent-when = Monday, 23/11/2026, 09:12
web-guide-moment-asked = More information needed
web-guide-moment-asked-when = Monday, 23/11/2026, 10:40, One-Stop desk
web-guide-moment-asked-text = Send the birth notice again: the date of birth is blurred in the photograph.
web-guide-moment-checked = Being examined
web-guide-moment-checked-when = Since Tuesday, 24/11/2026, 14:05
web-guide-moment-checked-text = The civil status officer is looking at it.
web-guide-moment-result = Result
web-guide-moment-result-when = Due Thursday, 26/11/2026, 17:00
web-guide-stat-received = Applications received
web-guide-stat-early = Early and on time
web-guide-stat-soon = Due soon
web-guide-stat-late = Late
web-guide-bars = Applications by field, November 2026
web-guide-bars-text = Land leads with 4,310 applications, followed by civil status and household businesses.
web-guide-bar-land = Land
web-guide-bar-civil = Civil status
web-guide-bar-business = Household businesses
web-guide-result-1 = Birth registration
web-guide-result-1-text = Commune · same working day · free of charge · wholly online
web-guide-result-2 = Certified copies of originals
web-guide-result-2-text = Commune · same working day · 2,000 ₫ a page
web-guide-empty = No procedure matches “khai xinh”.
web-guide-empty-next = Search for “khai sinh”
web-guide-card-1 = Having a child
web-guide-card-1-text = Birth registration, health insurance, maternity allowance
web-guide-card-2 = House and land
web-guide-card-2-text = Transfer, division, building permit
web-guide-card-3 = Doing business
web-guide-card-3-text = Household businesses, companies, permits
web-guide-fees = Fees
web-guide-fee-what = Item
web-guide-fee-how = Way to pay
web-guide-fee-amount = Amount
web-guide-fee-1 = Registration of birth in time
web-guide-fee-2 = Copy of an extract
web-guide-fee-online = Online
web-guide-fee-counter = At the counter
web-guide-details = Why do we ask this?
web-guide-details-text = With the number, what the National Population Database already knows need not be filled in again.
web-guide-refused = This application has been submitted
web-guide-refused-detail = It was submitted at 09:12 today and can no longer be changed. You can withdraw it and submit again.
web-guide-refused-next = See the application
web-guide-menu-waiting = Waiting
web-guide-menu-late = Late
web-guide-menu-new = Receive at the counter
web-guide-menu-figures = Figures
web-guide-head-code = Number
web-guide-head-what = Procedure
web-guide-head-who = Applicant
web-guide-head-due = Due
web-guide-state = Status
web-guide-state-all = All
web-guide-key-open = Open the first application
