### Words of trust: certificates, requests, revocation, time stamps, anchors.

trust-menu = Certificates
trust-menu-requests = Decide on certificates

## The register

trust-register = Register of certificates
trust-register-search = Name, unit or serial number
trust-register-find = Search
trust-register-every = All
trust-register-empty = No certificates yet. Begin with “Ask for a certificate”, or register one that somebody else issued.
trust-register-not-found = No certificate fits. Try fewer words or fewer conditions.
trust-register-new = Register a certificate issued elsewhere
trust-register-new-lead = Certificates of the Government Cipher Committee or of others are written down so that their end is seen coming. They are renewed and revoked where they were issued.
trust-register-new-button = Register
trust-export = Download this list as CSV
trust-counts = Figures by agency
trust-counts-total = In all
trust-counts-all = All agencies

trust-holder = Holder
trust-unit = Agency or unit
trust-profile = Kind of certificate
trust-profile-seal = Signature of an agency (seal)
trust-profile-officer = Signature of an officer
trust-profile-server = Server
trust-profile-stamp = Time stamps
trust-profile-responder = Status of certificates (OCSP)
trust-profile-authority = Certificate authority
trust-profile-foreign = Issued elsewhere
trust-carrier = Carrier of the key
trust-carrier-number = Number of the device
trust-carrier-pki-token = USB PKI token
trust-carrier-pki-token-hint = The key is made inside; a PKCS#10 request is needed
trust-carrier-sim-pki = SIM PKI
trust-carrier-sim-pki-hint = Signs on the phone; a PKCS#10 request is needed
trust-carrier-hsm = Hardware module (HSM)
trust-carrier-hsm-hint = The key is made in this system's module if one is connected; otherwise a PKCS#10 request is needed
trust-carrier-remote = Remote signing
trust-carrier-remote-hint = The key is with a provider; a PKCS#10 request is needed
trust-carrier-software = Software
trust-carrier-software-hint = The key is made here and sealed; for internal use and for trying out
trust-subject = Name in the certificate
trust-issuer = Issued by
trust-serial = Serial number
trust-from = Valid from
trust-until = Ends
trust-key = Key
trust-fingerprint = Fingerprint SHA-256
trust-changed = Changed
trust-reason = Reason
trust-since = The key may be known since
trust-since-hint = Only when the key is or may be in other hands
trust-since-wrong = There is no such day; check day, month and year
trust-force = Legal force
trust-sandbox = For trying out, without legal force
trust-alerts = Reminded
trust-alerted = The { $days }-day reminder, { $at }
trust-note = Note
trust-file = Download the certificate
trust-successor = The certificate that replaces it
trust-replaces = The certificate before it
trust-standing = Standing
trust-standing-good = In force
trust-standing-ending = Ends soon
trust-standing-ending-in = Ends in { $days } days
trust-standing-ended = Ended
trust-standing-suspended = Suspended
trust-standing-revoked = Revoked
trust-standing-not-yet = Not yet in force

## Acts on a certificate

trust-acts = What can be done
trust-acts-hint = Suspending and revoking take effect at once. What was revoked stays revoked.
trust-waits = A request about this certificate waits for a decision.
trust-renew = Ask for renewal
trust-renew-of = Renew the certificate of { $holder }
trust-renew-lead = When this is approved, a new certificate is issued; the old one can be used until it ends.
trust-recover = Report a lost or broken device
trust-recover-of = A new device for { $holder }
trust-recover-lead = When this is approved, the old certificate is revoked and a new one issued on the new device. If the device is lost, suspend the certificate right now.
trust-suspend = Suspend
trust-resume = Put in force again
trust-revoke = Revoke
trust-revoke-of = Revoke the certificate of { $holder }
trust-revoke-lead = The certificate ends at once and for ever. What was signed before, with a time stamp, stays valid.
trust-reason-key = Key exposed or device lost
trust-reason-affiliation = The holder moved, or the agency was reorganised
trust-reason-superseded = Another certificate took its place
trust-reason-cessation = No longer used
trust-reason-privilege = No longer entitled
trust-reason-hold = Suspended
trust-reason-other = Other
trust-key-new = A new key
trust-key-same = The same key
trust-key-same-hint = Only when it certainly was never exposed
trust-key-brought = { $kind }, from the PKCS#10 request
trust-key-made = { $kind }, made when approved

## Requests

trust-ask = Ask for a certificate
trust-ask-lead = The managing unit asks; somebody else, who may decide, approves, and only then is the certificate issued.
trust-ask-button = Send the request
trust-unit-code = Identification code of the unit
trust-unit-code-hint = For example H57.101; see the page of agencies and units
trust-login = User name of the officer
trust-login-hint = The officer must belong to this very unit
trust-login-hint-foreign = Leave empty for the agency's own certificate
trust-title = Title
trust-server = Name of the server
trust-server-hint = For example dichvucong.example.vn
trust-pkcs10 = PKCS#10 request
trust-pkcs10-hint = Paste the content of the .csr or .p10 file, from “-----BEGIN CERTIFICATE REQUEST-----” on. Leave empty if the key is made here.
trust-pem = Certificate
trust-pem-hint = Paste the content of the .cer or .pem file, from “-----BEGIN CERTIFICATE-----” on
trust-pem-many-hint = Paste one or more certificates, each from “-----BEGIN CERTIFICATE-----” on
trust-requests = Requests about certificates
trust-requests-none = No requests yet. What administrators of units ask for appears here.
trust-request-of = Request for { $holder }
trust-request-kind = What is asked
trust-request-issued = See the certificate that was issued
trust-kind-issue = Issue
trust-kind-renew = Renew
trust-kind-recover = Replace a lost or broken device
trust-decision-waiting = Waits for a decision
trust-decision-approved = Approved
trust-decision-refused = Refused
trust-decision-withdrawn = Withdrawn
trust-asked = Asked by
trust-decided = Decided by
trust-decide = Decide
trust-decide-lead = Check holder, unit and device first. The certificate is issued at once.
trust-approve = Approve and issue
trust-refuse-when = Refuse
trust-refuse = Refuse
trust-refuse-reason = Reason for refusing
trust-own-request = You made this request, so somebody else has to decide.
trust-withdraw = Withdraw the request

trust-notice-asked = The request was sent. Somebody else will decide.
trust-notice-issued = Approved, and the certificate was issued.
trust-notice-refused = The request was refused and the reason noted.
trust-notice-withdrawn = The request was withdrawn.
trust-notice-registered = The certificate is in the register.
trust-notice-suspended = The certificate is suspended. The revocation list was signed anew.
trust-notice-resumed = The certificate is in force again. The revocation list was signed anew.
trust-notice-revoked = The certificate is revoked. The revocation list was signed anew.
trust-notice-believed = The anchor was added.
trust-notice-believed-no-more = This anchor is not believed any more from today on.

## Anchors and time

trust-anchors = Authorities and anchors
trust-authorities = Authorities here
trust-authorities-none = None yet. The operator makes one with lienthong trust authority create.
trust-authority-root = Root
trust-authority-issuing = Issuing authority
trust-authority-certificate = Its certificate
trust-authority-list = Revocation list
trust-others = Anchors of others
trust-others-none = None yet. Add the roots of the Government Cipher Committee and of public authorities so that their signatures can be checked.
trust-anchor-new = Add an anchor
trust-anchor-new-lead = Signatures that lead to it will be believed, for the purposes and the time chosen. Compare the fingerprint with the official source first.
trust-anchor-new-button = Add
trust-anchor-name = Name
trust-purposes = Believed for
trust-purpose-sign = Signatures on documents
trust-purpose-stamp = Time stamps
trust-purpose-server = Servers
trust-source = Source
trust-source-hint = Where it was taken from: an address, the number of a document
trust-believed-from = Believed from
trust-believed-from-hint = Empty: from today on
trust-believed-to = Until the end of
trust-believed-when = Believed when
trust-believed = Believed
trust-believed-no-more = Not believed any more
trust-believe-no-more = Stop believing
trust-dates = { $from } to { $to }
trust-dates-open = From { $from }
trust-time = Time
trust-stamp-policy = Time stamps under the policy { $oid }, accurate to { $accuracy } ms. Beyond { $tolerance } ms of difference nothing is stamped.
trust-clock-alone = There is no other source of time to compare the clock with. The operator adds one with lienthong trust time add.
trust-clock-never = never compared
trust-clock-differs = differs by at least { $difference } ms, compared { $at }
trust-clock-silent = not comparable { $at }: { $fault }

## Reminders

trust-mail-ending-subject = The certificate of { $holder } ends on { $on }
trust-mail-ending =
    The certificate of { $holder }, serial number { $serial }, ends on { $on }, in { $days } days.

    Ask for its renewal before that day, so that signing can go on:
    { $address }

## Refusals

trust-refused = Not possible
trust-refusal-nothing = There is no such certificate or request.
trust-refusal-changed-meanwhile = Somebody else has just changed this certificate. Open the page again to see how it stands.
trust-refusal-no-authority = There is no authority here yet. The operator makes one with lienthong trust authority create.
trust-refusal-authority-taken = There is an authority of this name already. Choose another.
trust-refusal-name-unusable = No address can be made of this name. Use letters or digits.
trust-refusal-own-request = Who asked may not decide. Let somebody else do it.
trust-refusal-already-decided = This request has been decided. Open the page again to see how.
trust-refusal-waits-already = A request about this certificate waits already. Wait for the decision, or withdraw it first.
trust-refusal-no-such-unit = No unit has this code. Check it on the page of agencies and units.
trust-refusal-no-such-officer = No officer of this unit has that user name.
trust-refusal-name-wrong = The name is missing or too long (at most 64 letters).
trust-refusal-server-name-wrong = A server's name has small letters, digits, hyphens and full stops, such as dichvucong.example.vn.
trust-refusal-no-such-profile = No kind of certificate was chosen.
trust-refusal-carrier-missing = No carrier was chosen.
trust-refusal-pkcs10-missing = The key on this carrier is made inside it. Paste the PKCS#10 request that it makes.
trust-refusal-pkcs10-unsigned = The signature of the request does not fit its key, so it does not show who holds the key. Make the request anew.
trust-refusal-pkcs10-unreadable = The PKCS#10 request cannot be read. Paste the whole file, with its first and last line.
trust-refusal-key-kind-wrong = Keys are RSA 2048, RSA 3072, ECDSA P-256, P-384 or Ed25519. Make the request anew with such a key.
trust-refusal-key-in-use = This key has a certificate already. Make a new key and send its request.
trust-refusal-key-lost = The old certificate is not in force any more, so its key cannot be kept. Ask with a new key.
trust-refusal-not-in-force = The certificate is not in force any more. Ask for a new one.
trust-refusal-not-suspended = The certificate is not suspended.
trust-refusal-revoked-already = The certificate was revoked, which cannot be changed any more.
trust-refusal-not-ours = Somebody else issued this certificate. Ask there.
trust-refusal-reason-missing = No reason was given.
trust-refusal-since-in-future = The key cannot have been exposed in the future.
trust-refusal-certificate-wrong = The certificate cannot be read. Paste the whole .cer or .pem file.
trust-refusal-registered-already = This certificate is in the register already.
trust-refusal-not-authority = This is not the certificate of an authority.
trust-refusal-source-missing = It was not said where the certificate comes from.
trust-refusal-purpose-missing = It was not chosen what it is believed for.
trust-refusal-dates-reversed = The last day must come after the first.
trust-refusal-oid-wrong = The object identifier is not one, such as 1.2.3.4.
trust-refusal-address-wrong = The address must begin with http:// or https:// and hold no password.
trust-refusal-source-taken = This source of time is there already.
trust-refusal-key = The key cannot be used: { $reason }
trust-refusal-no-token = No PKCS#11 device is connected. The operator names its library, label and PIN.
trust-refusal-signing = A key of this system does not sign now. The operator checks the device; then try again.
trust-refusal-issue = The certificate cannot be made: { $reason }
trust-refusal-store = The data cannot be read now. Try again in a few minutes.

## Log

trust-did-create-authority = Made an authority
trust-did-make-key = Made a key
trust-did-bring-key = Took in a key
trust-did-ask = Asked for a certificate
trust-did-withdraw = Withdrew a request for a certificate
trust-did-refuse = Refused a request for a certificate
trust-did-issue = Issued a certificate
trust-did-register = Registered a certificate issued elsewhere
trust-did-suspend = Suspended a certificate
trust-did-resume = Put a certificate in force again
trust-did-revoke = Revoked a certificate
trust-did-alert = Reminded of a certificate that ends
trust-did-add-anchor = Added an anchor
trust-did-end-anchor = Stopped believing an anchor
trust-did-set-stamp-policy = Set the policy of time stamps
trust-did-add-time-source = Added a source of time
trust-did-remove-time-source = Removed a source of time
