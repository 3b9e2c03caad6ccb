### Words of the catalogue of procedures: home page, search, a procedure's page, administration.

procedures-title = Procedures
procedures-menu = Catalogue of procedures

## Home page

procedures-home-title = Liên Thông
procedures-home-heading = What do you need to do?
procedures-home-track = Track an application
procedures-home-track-about = With its code and your phone number, no account needed.
procedures-home-mine = My applications
procedures-home-mine-about = Go on with a draft, add papers, see results.
procedures-home-browse = Browse by group
procedures-home-browse-about = By life event, field, agency or level.
procedures-home-popular = Often looked for
procedures-events-citizen = For people
procedures-events-business = For businesses
procedures-figures = In the catalogue now
procedures-figure-all = procedures in force
procedures-figure-whole = wholly online
procedures-figure-part = partly online
procedures-figure-here = can be filed on this site

## Life events

procedures-event-birth = Having and raising a child
procedures-event-school = Going to school
procedures-event-work = Work
procedures-event-marriage = Marriage and family
procedures-event-residence = Residence and identity card
procedures-event-housing = Home and land
procedures-event-vehicle = Vehicles and driving
procedures-event-travel = Passport and travel
procedures-event-health = Health and health insurance
procedures-event-support = Allowances and support
procedures-event-justice = Certified copies and legal matters
procedures-event-retirement = Retirement
procedures-event-death = When somebody dies
procedures-event-business-start = Starting a business
procedures-event-business-licence = Licences and conditions
procedures-event-business-tax = Tax and customs
procedures-event-business-people = Employees and social insurance
procedures-event-business-land = Land, construction, environment
procedures-event-business-trade = Import and export
procedures-event-business-end = Pausing or closing

## Search

procedures-search-title = Find a procedure
procedures-question = Name of a procedure or paper, or what you want to do
procedures-question-hint = Diacritics are not needed. For example: khai sinh, so do, 1.001193
procedures-find = Search
procedures-count =
    { $count ->
        [one] 1 procedure
       *[other] { $count } procedures
    }
procedures-all = See all { $count } procedures
procedures-by-field = By field
procedures-more-fields = Other fields
procedures-by-agency = By publishing agency
procedures-by-level = By level
procedures-filters = Narrow the results
procedures-filter-any = All
procedures-filter-apply = Apply
procedures-filter-remove = Remove filter:
procedures-filter-event = Life event
procedures-filter-field = Field
procedures-filter-agency = Publishing agency
procedures-filter-level = Level
procedures-filter-subject = Who may apply
procedures-filter-online = Online
procedures-found =
    { $count ->
        [0] No procedure found
        [one] 1 procedure
       *[other] { $count } procedures
    }
procedures-found-title = Results for “{ $words }”
procedures-found-none = No procedure has these words. You could:
procedures-found-none-fewer = type fewer words, or the name of the paper you need;
procedures-found-none-filters = remove a filter;
procedures-found-none-browse = browse by group.
procedures-found-none-code = If you look for a code, it has the form 1.001193.

## Level, online, ways to file

procedures-level-ward = Commune
procedures-level-province = Province
procedures-level-ministry = Ministry
procedures-level-other = Other agency
procedures-online-information = In person
procedures-online-part = Partly online
procedures-online-whole = Wholly online
procedures-non-territorial = File anywhere
procedures-channel-online = Online
procedures-channel-direct = In person
procedures-channel-postal = By post

## Time, fees, numbers

procedures-time-working-hour =
    { $count ->
        [one] 1 working hour
       *[other] { $count } working hours
    }
procedures-time-hour =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
procedures-time-working-day =
    { $count ->
        [one] 1 working day
       *[other] { $count } working days
    }
procedures-time-day =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
procedures-time-month =
    { $count ->
        [one] 1 month
       *[other] { $count } months
    }
procedures-time-same-day = The same day
procedures-time-in-steps = See the steps
procedures-time-unsaid = Not published
procedures-fee-free = Free of charge
procedures-fee-unsaid = Fee not published
procedures-fee-service = Service fee
procedures-fee-charge = Charge
procedures-count-originals =
    { $count ->
        [one] 1 original
       *[other] { $count } originals
    }
procedures-count-copies =
    { $count ->
        [one] 1 copy
       *[other] { $count } copies
    }

## A procedure's page

procedures-apply = Apply
procedures-online-elsewhere = This procedure is filed online on the National Public Service Portal; there is no form for it here yet.
procedures-online-none = This procedure is filed in person or by post.
procedures-in-short = In short
procedures-see-below = See below
procedures-on-this-page = On this page
procedures-what = What you need
procedures-what-unsaid = The published text names no papers.
procedures-papers =
    { $count ->
        [0] There are no papers to hand in; see the notes below.
        [one] 1 paper. It may be needed only in the case its name tells.
       *[other] { $count } papers. Some are needed only in the case their name tells.
    }
procedures-notes = Notes ({ $count })
procedures-paper-forms = Form:
procedures-paper-eform = Filled in on screen when you apply online.
procedures-paper-reused = The agency has this already; you need not hand it in.
procedures-how-long = How long and how much
procedures-way = Way to file
procedures-way-more = Details
procedures-time = Time limit
procedures-fee = Fees
procedures-ways-unsaid = The published text names no way to file.
procedures-case-time = Time limit by case
procedures-official-text = The official text is in Vietnamese; what follows shows it as published.
procedures-where = Where
procedures-agency-executing = Agency that carries it out
procedures-agency-authority = Agency that decides
procedures-agency-coordinating = Agencies that take part
procedures-who = Who may apply
procedures-requirements = Requirements
procedures-steps = Steps
procedures-steps-unsaid = The published text names no steps.
procedures-result = What you get
procedures-result-unsaid = The published text names no result.
procedures-legal-bases = Legal basis
procedures-legal-bases-show = Show the documents
procedures-note = Note
procedures-published = Publication
procedures-code = Code
procedures-name = Name
procedures-decision = Decision of publication
procedures-decision-date = Date of the decision
procedures-mandate = Kind of procedure
procedures-mandate-delegated = Detailed by delegation of a law
procedures-mandate-not-delegated = Not delegated to local governments
procedures-mandate-other = Other
procedures-mandate-unsaid = Not classified
procedures-version-number = Version
procedures-in-force-from = In force from
procedures-in-force-to = In force until
procedures-versions-link = See the versions and what changed

## Warnings on a procedure's page

procedures-to-current = See the version in force
procedures-banner-draft = A draft, not published.
procedures-banner-suspended = This procedure is suspended; nothing new is taken in.
procedures-banner-ending = This procedure ends on { $day }.
procedures-banner-abolished = This procedure ended on { $day }. What follows is for reference only.
procedures-banner-coming = This version is in force from { $day }.
procedures-banner-old = This version ended on { $day }. Applications filed before still follow it.

## Versions

procedures-versions-title = Versions of procedure { $code }
procedures-versions-heading = Versions
procedures-version = Version { $number }
procedures-span = from { $from } to before { $to }
procedures-span-open = from { $from }
procedures-what-changed = What changed from the version before
procedures-nothing-changed = Nothing changed in the parts that must be published.
procedures-status-draft = Draft
procedures-status-suspended = Suspended
procedures-status-abolished = Abolished
procedures-status-current = In force
procedures-status-coming = Coming into force
procedures-status-replaced = Replaced

## Administration

procedures-manage-title = Catalogue of procedures
procedures-manage-question = Code or name
procedures-manage-status = Status
procedures-manage-none = No procedure fits. Remove a filter.
procedures-standing-draft = Draft
procedures-standing-published = Published
procedures-standing-suspended = Suspended
procedures-standing-abolished = Abolished
procedures-origin = Source
procedures-origin-hand = Written here
procedures-origin-shipped = Shipped with the program
procedures-origin-native = National portal (JSON)
procedures-origin-flattened = National portal (captured page)
procedures-completeness = Completeness
procedures-completeness-heading = The fourteen parts that must be published
procedures-complete = Complete
procedures-incomplete =
    { $count ->
        [one] 1 part missing
       *[other] { $count } parts missing
    }
procedures-changed-at = Changed
procedures-managed-title = Manage procedure { $code }
procedures-managed-heading = Manage procedure
procedures-public-page = See the public page
procedures-compared = How version { $to } differs from version { $from }
procedures-doubts = Not fully read from the source
procedures-part-there = There
procedures-part-missing = Missing, mandatory
procedures-part-none = Not told
procedures-part-name = Name
procedures-part-steps = Steps
procedures-part-channels = Ways to file
procedures-part-components = Papers and their numbers
procedures-part-time-limits = Time limits
procedures-part-subjects = Who may apply
procedures-part-agencies = Agencies
procedures-part-results = Results
procedures-part-forms = Forms
procedures-part-fees = Fees
procedures-part-requirements = Requirements
procedures-part-legal-bases = Legal basis
procedures-part-field = Field
procedures-part-decision = Decision of publication

procedures-read-code = Code
procedures-read-name = Name
procedures-read-level = Level
procedures-read-field = Field
procedures-read-subjects = Who may apply
procedures-read-agency = Agencies
procedures-read-decision = Decision of publication
procedures-read-steps = Steps
procedures-read-components = Papers
procedures-read-channels = Ways to file
procedures-read-time = Time limit
procedures-read-fee = Fees
procedures-read-results = Results
procedures-read-legal-bases = Legal basis
procedures-read-requirements = Requirements
procedures-read-online-level = Online
procedures-why-another-code = The source page carries the code of another procedure. A person has to say which is right before it is published.
procedures-why-page-not-split = The source page could not be taken apart by its headings; its separate fields were used.
procedures-why-unknown-word = The source uses a word that is not known; it was kept as it is.
procedures-why-digits-run-together = Time and fee run together and may be parted in several ways; kept as they are.
procedures-why-amount-too-small = The fee is under 1,000 đồng: the source may have lost digits; kept as it is.
procedures-why-no-unit = The time limit has no unit.
procedures-why-before-table = There is text before the table.
procedures-why-table-cut-off = The table breaks off.
procedures-why-unknown-key = The source has content that cannot be read yet.
procedures-why-named-without-code = Related procedures have a name and no code.
procedures-why-online-kept = The new text offers no filing online, but people file this procedure here. The online channel was kept; take it out of the draft if it has really ended.
procedures-why-form-asks-more = The electronic form asks for this paper, but the new text does not list it. Amend the form or the list before publishing.

## Acts

procedures-acts = What you can do
procedures-act-begin = Begin a new version
procedures-act-begin-about = Makes a draft from the newest version. What is in force stays until the draft is published.
procedures-act-edit = Edit the draft
procedures-act-publish = Publish the draft
procedures-act-publish-about = The version in force ends on this day. Applications already filed still follow it.
procedures-act-discard = Discard the draft
procedures-act-discard-about = The draft is deleted. The record it was read from is kept.
procedures-act-suspend = Suspend
procedures-act-suspend-about = Nothing new is taken in until it goes on. What is filed is still handled.
procedures-act-resume = Resume
procedures-act-resume-about = New applications are taken in again.
procedures-act-abolish = Abolish
procedures-act-abolish-about = The procedure ends for good on this day. What is filed is still handled.
procedures-from-day = From
procedures-from-day-hint = From midnight at the beginning of this day.
procedures-notice-draft = The draft was made.
procedures-notice-saved = The draft was saved.
procedures-notice-published = Published.
procedures-notice-discarded = The draft was discarded.
procedures-notice-suspended = The procedure is suspended.
procedures-notice-resumed = The procedure takes applications again.
procedures-notice-abolished = The end of the procedure was recorded.

procedures-edit-title = Edit draft { $code }
procedures-edit-heading = Edit the draft
procedures-edit-name = Name
procedures-edit-name-en = Name in English
procedures-edit-summary = One plain sentence
procedures-edit-summary-en = The sentence in English
procedures-edit-decision = Number of the decision of publication
procedures-edit-steps = Steps, one a line, each beginning “Bước 1:”
procedures-edit-requirements = Requirements
procedures-edit-receiving = Where to hand in
procedures-edit-keywords = Keywords, parted by commas
procedures-edit-document = The other parts (JSON)
procedures-edit-document-hint = Levels, fields, subjects, agencies, channels, cases, results, legal bases, internal route.
procedures-edit-save = Save the draft
procedures-edit-cancel = Do not save
procedures-edit-empty = { $field }: nothing is there yet. This part is needed.
procedures-edit-not-json = The other parts: the JSON cannot be read ({ $reason }). Check brackets and commas.

## Refusals

procedures-refused = This could not be done
procedures-refusal-no-such-version = There is no such version.
procedures-refusal-changed-meanwhile = Somebody else has just changed this procedure. Open the page again and repeat.
procedures-refusal-not-a-draft = Only a draft can be edited, published or discarded. Begin a new version.
procedures-refusal-incomplete = Parts that must be published are missing: { $parts }. Add them to the draft, then publish.
procedures-refusal-later-version-there = Version { $number } begins on that day or later. Choose a later day.
procedures-refusal-not-in-force = This version is not in force any more. Open the page again to see the newest one.
procedures-refusal-not-suspended = This version is not suspended. Open the page again.
procedures-refusal-ends-before-it-begins = The last day must lie after the first. Choose another day.
procedures-refusal-draft-waiting = There is a draft of this procedure already. Edit or discard it first.
procedures-refusal-nothing-changed = Nothing would change.
procedures-refusal-no-publisher = It is not known which agency publishes this procedure. Give the agency's code and repeat.
procedures-refusal-store = It could not be saved. Try again in a few minutes.
procedures-refusal-day = “{ $typed }” is no date. Go back and give day, month and year, such as 21/11/2026.
