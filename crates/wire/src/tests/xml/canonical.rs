//! Canonical forms, against the examples of the specifications and against xmlsec1.

use aws_lc_rs::digest;
use proptest::prelude::*;

use super::tools::*;
use crate::algorithm::Digest;
use crate::xml::canonical::{self, CanonicalFault, Form, Method, Selection};
use crate::xml::document::NodeId;

fn whole(text: &str, method: &Method) -> String {
    let document = document(text.as_bytes());
    let bytes = canonical::bytes(&document, Selection::document(), method).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn named(text: &str, name: &str) -> NodeId {
    document(text.as_bytes()).elements().find(|it| it.name() == name).unwrap().node()
}

fn part(text: &str, name: &str, method: &Method) -> String {
    let document = document(text.as_bytes());
    let selection = Selection::element(named(text, name));
    String::from_utf8(canonical::bytes(&document, selection, method).unwrap()).unwrap()
}

fn inclusive() -> Method {
    Method::new(Form::Inclusive10)
}

fn exclusive(prefixes: &[&str]) -> Method {
    let prefixes = prefixes.iter().map(|it| (*it).to_owned()).collect();
    Method { prefixes, ..Method::new(Form::Exclusive) }
}

#[test]
fn instructions_and_comments_beside_the_document_stand_on_lines_of_their_own() {
    let text = "<?xml version=\"1.0\"?>\n\n<?xml-stylesheet   href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\
                \n\n<doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n\
                <!-- Comment 2 -->\n\n<!-- Comment 3 -->";
    let plain = "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n\
                 <doc>Hello, world!</doc>\n<?pi-without-data?>";
    assert_eq!(whole(text, &inclusive()), plain);
    let commented = "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n\
                     <doc>Hello, world!<!-- Comment 1 --></doc>\n<?pi-without-data?>\n\
                     <!-- Comment 2 -->\n<!-- Comment 3 -->";
    assert_eq!(whole(text, &Method { comments: true, ..inclusive() }), commented);
}

#[test]
fn white_space_in_content_stays() {
    let text = "<doc>\n   <clean>   </clean>\n   <mixed>\n      A\n      <clean>   </clean>\n   \
                </mixed>\n</doc>";
    assert_eq!(whole(text, &inclusive()), text);
}

#[test]
fn tags_and_attributes_get_one_form_and_one_order() {
    let text = r#"<doc>
   <e1   />
   <e2   ></e2>
   <e3   name = "elem3"   id="elem3"   />
   <e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"
      xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/>
   <e6 xmlns="" xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="" xmlns:a="http://www.w3.org">
            <e9 xmlns="" xmlns:a="http://www.ietf.org"/>
         </e8>
      </e7>
   </e6>
</doc>"#;
    let expected = r#"<doc>
   <e1></e1>
   <e2></e2>
   <e3 id="elem3" name="elem3"></e3>
   <e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>
   <e6 xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="">
            <e9 xmlns:a="http://www.ietf.org"></e9>
         </e8>
      </e7>
   </e6>
</doc>"#;
    assert_eq!(whole(text, &inclusive()), expected);
}

#[test]
fn characters_references_and_cdata_get_one_form() {
    let text = "<doc>\r\n   <text>First line&#x0d;&#10;Second line</text>\n   \
                <value>&#x32;</value>\n   \
                <compute><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></compute>\n   \
                <compute expr='value>\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"'>v</compute>\n   \
                <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>\n</doc>";
    let expected = "<doc>\n   <text>First line&#xD;\nSecond line</text>\n   \
                    <value>2</value>\n   \
                    <compute>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</compute>\n   \
                    <compute expr=\"value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;\">v</compute>\n   \
                    <norm attr=\" '    &#xD;&#xA;&#x9;   ' \"></norm>\n</doc>";
    assert_eq!(whole(text, &inclusive()), expected);
}

#[test]
fn ends_of_lines_are_one_character_everywhere() {
    let text =
        "<doc a='1\r\n2\r3\n4'>a\r\nb\rc&#13;\r<![CDATA[\r\n]]>\r<!--x\r\ny--><?p u\r\nv?></doc>";
    let expected = "<doc a=\"1 2 3 4\">a\nb\nc&#xD;\n\n\n<!--x\ny--><?p u\nv?></doc>";
    assert_eq!(whole(text, &Method { comments: true, ..inclusive() }), expected);
}

#[test]
fn an_inclusive_part_takes_its_surroundings_along_and_an_exclusive_one_does_not() {
    let text = r#"<n0:doc xmlns:n0="urn:a" xmlns:u="urn:unused" xmlns="urn:d" xml:lang="vi" xml:id="r"><x xmlns="" xml:space="preserve"><n1:e xmlns:n1="urn:b" xml:lang="en" n1:q="1"><n0:f/><g xmlns="urn:d"/></n1:e></x></n0:doc>"#;
    assert_eq!(
        part(text, "e", &inclusive()),
        r#"<n1:e xmlns:n0="urn:a" xmlns:n1="urn:b" xmlns:u="urn:unused" xml:id="r" xml:lang="en" xml:space="preserve" n1:q="1"><n0:f></n0:f><g xmlns="urn:d"></g></n1:e>"#
    );
    assert_eq!(
        part(text, "e", &Method::new(Form::Inclusive11)),
        r#"<n1:e xmlns:n0="urn:a" xmlns:n1="urn:b" xmlns:u="urn:unused" xml:lang="en" xml:space="preserve" n1:q="1"><n0:f></n0:f><g xmlns="urn:d"></g></n1:e>"#
    );
    assert_eq!(
        part(text, "e", &exclusive(&[])),
        r#"<n1:e xmlns:n1="urn:b" xml:lang="en" n1:q="1"><n0:f xmlns:n0="urn:a"></n0:f><g xmlns="urn:d"></g></n1:e>"#
    );
    assert_eq!(
        part(text, "e", &exclusive(&["n0", ""])),
        r#"<n1:e xmlns:n0="urn:a" xmlns:n1="urn:b" xml:lang="en" n1:q="1"><n0:f></n0:f><g xmlns="urn:d"></g></n1:e>"#
    );
}

#[test]
fn bases_are_joined_in_1_1() {
    for (outer, inner, expected) in [
        ("http://example.org/a/b", "c/d", "http://example.org/a/c/d"),
        ("http://example.org/a/b/", "../c", "http://example.org/a/c"),
        ("http://example.org/a/b", "http://other.org/", "http://other.org/"),
        ("http://example.org/a/b", "/c", "http://example.org/c"),
        ("http://example.org", "c", "http://example.org/c"),
        ("a/b/", "../../../c", "../c"),
        ("http://example.org/a?q", "?r", "http://example.org/a?r"),
    ] {
        let text = format!(r#"<r xml:base="{outer}"><e xml:base="{inner}"/></r>"#);
        let joined = part(&text, "e", &Method::new(Form::Inclusive11));
        assert_eq!(joined, format!(r#"<e xml:base="{expected}"></e>"#), "{outer} + {inner}");
    }
}

#[test]
fn bases_that_are_no_addresses_are_not_joined() {
    let text = "<r xml:base='http://example.org/'><e xml:base='a b'/><f/><g xml:base=':c'/></r>";
    let document = document(text.as_bytes());
    let method = Method::new(Form::Inclusive11);
    for name in ["e", "g"] {
        let answer = canonical::bytes(&document, Selection::element(named(text, name)), &method);
        assert_eq!(answer, Err(CanonicalFault::Base));
    }
    assert_eq!(part(text, "f", &method), "<f xml:base=\"http://example.org/\"></f>");
}

#[test]
fn one_subtree_can_be_left_out() {
    let text = "<a>x<b><c/>y</b>z<!--c--></a>";
    let document = document(text.as_bytes());
    let without = Some(named(text, "b"));
    let selection = Selection { without, ..Selection::document() };
    let bytes = canonical::bytes(&document, selection, &inclusive()).unwrap();
    assert_eq!(bytes, b"<a>xz</a>");
}

#[test]
fn what_goes_straight_into_a_digest_is_the_same() {
    let text = "<a b='1'>Đường <c/></a>";
    let document = document(text.as_bytes());
    let mut context = digest::Context::new(&digest::SHA256);
    canonical::canonicalise(&document, Selection::document(), &inclusive(), &mut context).unwrap();
    let direct = context.finish().as_ref().to_vec();
    assert_eq!(direct, Digest::Sha256.of(whole(text, &inclusive()).as_bytes()));
}

#[test]
fn a_form_that_grows_without_end_is_refused() {
    let address = "u".repeat(200_000);
    let many = "<p:e/>".repeat(2_000);
    let text = format!("<r xmlns:p='urn:{address}'>{many}</r>");
    let document = document(text.as_bytes());
    let answer = canonical::bytes(&document, Selection::document(), &exclusive(&[]));
    assert!(matches!(answer, Err(CanonicalFault::TooLong { .. })));
    assert!(canonical::bytes(&document, Selection::document(), &inclusive()).is_ok());
}

#[test]
fn namespaces_that_are_no_absolute_addresses_have_no_canonical_form() {
    for text in ["<a xmlns='here'/>", "<a xmlns:p='urn:đ'/>", "<a xmlns='urn:a b'/>"] {
        let document = document(text.as_bytes());
        let answer = canonical::bytes(&document, Selection::document(), &inclusive());
        assert!(matches!(answer, Err(CanonicalFault::RelativeNamespace { .. })));
    }
}

/// Documents with everything that canonical forms treat, each with an element `part`.
pub const HARD: [&str; 11] = [
    r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- trước --><?p  d ?>
<doc xmlns="urn:v" xmlns:u="urn:u" xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><part Id="p" edXML:a="1" u:z="2" b="3" a="&#10;&#9;&#13;x&lt;&quot;'"><edXML:x/>Ủy ban nhân dân &amp; 𠀋 🇻🇳<![CDATA[<a>&amp;]]>&#xD;<?pi   x  ?><!-- ghi chú --></part>SIGNATURE</doc>
<!-- sau --><?q?>"#,
    r#"<a:doc xmlns:a="urn:a" xmlns="urn:d" xml:lang="vi" xml:space="preserve"><x xmlns=""><part xmlns="" xmlns:a="urn:a" Id="p"><y xmlns="urn:d"><z xmlns=""/></y></part></x>SIGNATURE</a:doc>"#,
    r#"<doc xmlns:b="urn:same" xmlns:a="urn:same" xmlns:c="urn:c"><part Id="p" b:y="1" a:x="2" c:w="3" xml:lang="vi"><a:e/><b:e/><c:e xmlns:c="urn:same"/><d:e xmlns:d="urn:same"/></part>SIGNATURE</doc>"#,
    "<doc>\r\n <part Id='p' t='a\r\nb\tc\rd'>x\r\ny\rz<!-- a\r\nb --><?p a\r\nb?></part>\r\nSIGNATURE\r\n</doc>",
    r#"<doc xmlns="urn:v"><part Id="p"><n xmlns=""><m/><k xmlns="urn:v"/></n><n xmlns="urn:v"/></part>SIGNATURE</doc>"#,
    r#"<q:doc xmlns:q="urn:q" xmlns:r="urn:r" q:m="1"><q:mid xmlns:r="urn:r2" xml:space="default"><part Id="p" xmlns:q="urn:q2" r:a="1"><q:in r:b="2"/><in/></part></q:mid>SIGNATURE</q:doc>"#,
    r#"<doc><part Id="p" a="&amp;&lt;>&quot;&apos;&#x9;&#xA;&#xD;&#x20;  &#xe9;">]] &gt; ]]&gt;&#x10FFFF;&#xFFFD;</part>SIGNATURE</doc>"#,
    "\u{feff}<doc><part Id=\"p\"><?xml-stylesheet href='a'?><![CDATA[]]><![CDATA[a]]>b<![CDATA[]] >]]></part>SIGNATURE</doc>",
    r#"<doc xmlns:xml="http://www.w3.org/XML/1998/namespace" xmlns:đ="urn:d" xml:id="r" xml:lang="vi"><đ:mid xml:lang="en" xml:foo="1"><part Id="p" đ:ự="Ừ" ự="ừ" z="1" A="2"/></đ:mid>SIGNATURE</doc>"#,
    r#"<doc xml:base="http://example.vn/a/b"><m xml:base="../c/"><m><part Id="p" xml:base="d?e"/></m></m>SIGNATURE</doc>"#,
    r#"<doc xml:base="http://example.vn/a/b/"><m xml:base="c/d"><part Id="p" xml:lang="vi"/></m>SIGNATURE</doc>"#,
];

const METHODS: [&str; 8] = [
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    "http://www.w3.org/2006/12/xml-c14n11",
    "http://www.w3.org/2006/12/xml-c14n11#WithComments",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    "http://www.w3.org/2001/10/xml-exc-c14n#|a q r edXML #default",
    "",
];

#[test]
fn xmlsec1_makes_the_same_forms_of_hard_documents() {
    if !xmlsec1_is_here() {
        return;
    }
    let key = &keys().p256;
    let ecdsa = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    for (number, text) in HARD.iter().enumerate() {
        for method in METHODS {
            let form = method.split('|').next().filter(|it| !it.is_empty()).unwrap_or(METHODS[0]);
            let of_part: &[&str] = if method.is_empty() { &[] } else { &[method] };
            let of_whole = [&[ENVELOPED], of_part].concat();
            let references: [(&str, &[&str]); 4] = [
                ("", &of_whole),
                ("#p", of_part),
                ("#xpointer(id('p'))", of_part),
                ("#xpointer(/)", &of_whole),
            ];
            let template = text.replace("SIGNATURE", &template(form, ecdsa, &references));
            let signed = signed_by_xmlsec1(template.as_bytes(), key).unwrap();
            let answer = checked(&signed, &key.public);
            assert!(
                answer.is_ok(),
                "document {number}, {method:?}: {answer:?}\n{}",
                String::from_utf8_lossy(&signed)
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn a_canonical_form_is_its_own_canonical_form(
        text in "[a-c<>&;\r\n\t\"'ưữ]{0,24}", value in "[a-c<>&\r\n\t\"'ưữ]{0,24}"
    ) {
        let escape = |raw: &str| raw.replace('&', "&amp;").replace('<', "&lt;")
            .replace('"', "&#34;").replace('>', "&gt;");
        let source = format!(
            "<a xmlns='urn:a' xmlns:b='urn:b' b:x=\"{}\"><b:c/>{}<d xmlns=''/></a>",
            escape(&value), escape(&text)
        );
        for method in [inclusive(), Method::new(Form::Inclusive11), exclusive(&["b"])] {
            let once = whole(&source, &method);
            prop_assert_eq!(whole(&once, &method), once);
        }
    }
}
