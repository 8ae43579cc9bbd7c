//! Files that are no GDML, or too much of it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use cfg4::gdml::{self, GdmlErrorKind, NoFiles};

use super::refused;
use super::text::Text;

#[test]
fn files_that_are_missing_empty_or_binary_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        gdml::read(&path).unwrap_err()
    };
    assert!(matches!(gdml::read(Path::new("no/such/file.gdml")).unwrap_err().kind, GdmlErrorKind::Io(_)));
    assert!(matches!(gdml::read(folder.path()).unwrap_err().kind, GdmlErrorKind::Io(_)));
    assert!(matches!(file("empty", b"").kind, GdmlErrorKind::Empty));
    assert!(matches!(file("blank", b" \n\n").kind, GdmlErrorKind::Empty));
    assert!(matches!(file("binary", b"\x7fELF\x02\x01\xff\xfe").kind, GdmlErrorKind::NotText(6)));
    assert!(matches!(file("words", b"hello").kind, GdmlErrorKind::Xml(_)));
    assert!(matches!(file("html", b"<html/>").kind, GdmlErrorKind::NotGdml));
    let missing = file("hollow", b"<gdml/>").to_string();
    assert!(missing.contains("element 'setup' is missing"), "{missing}");
}

#[test]
fn a_file_of_a_gigabyte_is_refused_at_once() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"<gdml>").unwrap();
    file.as_file().set_len(1 << 30).unwrap();
    let start = Instant::now();
    let error = gdml::read(file.path()).unwrap_err();
    assert!(error.to_string().contains("1073741824 bytes are more than"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn truncated_files_name_the_line_where_they_end() {
    let text = Text::default().gdml();
    let error = refused(&text[..text.len() - 20]);
    assert!(matches!(error.kind, GdmlErrorKind::Xml(_)), "{error}");
    let lines = text[..text.len() - 20].trim_end().lines().count();
    assert_eq!(error.place.line as usize, lines, "{error}");
    assert_eq!(refused("<gdml>\n<define>\n<constant name=\"a").place.line, 3);
    let error = refused("<gdml>\n<define>\n</materials>\n</gdml>");
    assert_eq!(error.place.line, 3, "{error}");
}

#[test]
fn matrices_must_fill_their_rows() {
    let odd = Text { define: "\n<matrix name=\"m\" coldim=\"2\" values=\"1 2 3\"/>", ..Text::default() };
    let message = refused(&odd.gdml()).to_string();
    assert!(message.starts_with("test.gdml:4: matrix 'm': matrix 'm' has 3 values"), "{message}");
    let empty = Text { define: r#"<matrix name="m" coldim="2" values=" "/>"#, ..Text::default() };
    assert!(matches!(refused(&empty.gdml()).kind, GdmlErrorKind::MissingAttribute("values")));
}

/// Each of these would take forever, or all memory or stack, without a limit.
#[test]
fn excessive_input_is_refused_quickly() {
    let nested = format!("<gdml>{}{}</gdml>", "<a>".repeat(200_000), "</a>".repeat(200_000));
    let attributes: String = (0..200_000).map(|i| format!(" a{i}='1'")).collect();
    let namespaces: String = (0..10_000).map(|i| format!("<a xmlns:n{i}='u{i}'>")).collect();
    let laughs = |body: &str| {
        let mut declarations = String::from("<!ENTITY e0 \"ha\">");
        for i in 1..40 {
            declarations.push_str(&format!("<!ENTITY e{i} \"{}\">", format!("&e{};", i - 1).repeat(10)));
        }
        format!("<!DOCTYPE gdml [{declarations}<!ENTITY x '&y;'><!ENTITY y '&x;'>]><gdml>{body}</gdml>")
    };
    let blow_up = format!(
        "<!DOCTYPE gdml [<!ENTITY a \"{}\">]><gdml>{}</gdml>",
        "x".repeat(1_000_000),
        "&a;".repeat(100_000)
    );
    let deep = format!("<gdml><define><constant name='a' value='{}1'/></define></gdml>", "(".repeat(50_000));
    let auxiliaries = Text {
        structure: format!(
            "<volume name=\"World\"><materialref ref=\"Stuff\"/><solidref ref=\"big\"/>{}{}</volume>",
            "<auxiliary auxtype=\"a\">".repeat(5000),
            "</auxiliary>".repeat(5000)
        )
        .leak(),
        ..Text::default()
    };
    for text in [
        nested,
        format!("<gdml{attributes}/>"),
        format!("<gdml>{namespaces}"),
        laughs("&e39;"),
        laughs("&x;"),
        blow_up,
        deep,
        auxiliaries.gdml(),
        format!("<gdml>{}", "<".repeat(1_000_000)),
        format!("<gdml a='{}", "&".repeat(1_000_000)),
        format!("<!DOCTYPE gdml [{}", "<!ENTITY".repeat(100_000)),
    ] {
        let start = Instant::now();
        let error = gdml::read_str(&text, "test.gdml", &NoFiles).unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(20), "{:?} for {error}", start.elapsed());
    }
}

#[test]
fn assemblies_that_multiply_are_refused() {
    let mut structure = String::from(r#"<assembly name="a0"></assembly>"#);
    for i in 1..30 {
        let part = format!(r#"<physvol><volumeref ref="a{}"/></physvol>"#, i - 1).repeat(10);
        structure.push_str(&format!(r#"<assembly name="a{i}">{part}</assembly>"#));
    }
    structure.push_str(
        r#"<volume name="World"><materialref ref="Stuff"/><solidref ref="big"/><physvol><volumeref ref="a29"/></physvol></volume>"#,
    );
    let error = refused(&Text { structure: structure.leak(), ..Text::default() }.gdml());
    assert!(error.to_string().contains("placements"), "{error}");
}

/// A volume that is called like its solid does not contain itself where the solid is refused.
#[test]
fn a_volume_called_like_its_solid_has_no_fault_of_its_own() {
    let text = r#"<gdml><define/><materials><material name="Air" Z="7"><D value="0.001"/><atom value="14"/></material></materials>
<solids><box name="world" x="9" y="9" z="9"/><blob name="Obj" r="3"/></solids>
<structure><volume name="Obj"><materialref ref="Air"/><solidref ref="Obj"/></volume>
<volume name="W"><materialref ref="Air"/><solidref ref="world"/><physvol><volumeref ref="Obj"/></physvol></volume></structure>
<setup name="Default" version="1.0"><world ref="W"/></setup></gdml>"#;
    let faults = gdml::faults_of_bytes("faulty", text.as_bytes().to_vec(), &NoFiles);
    let messages: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(messages.len() == 1 && messages[0].contains("blob"), "{messages:?}");
}

#[test]
fn all_faults_are_found_that_are_no_consequences() {
    let (solids, structure) = (
        r#"<box name="flat" x="0" y="1" z="1"/><orb name="none" r="-1"/>"#,
        r#"<volume name="F"><materialref ref="Air"/><solidref ref="flat"/></volume>
           <volume name="G"><materialref ref="Air"/><solidref ref="missing"/></volume>"#,
    );
    let text = format!(
        r#"<gdml><define/><materials><material name="Air" Z="7"><D value="0.001"/><atom value="14"/></material></materials>
<solids><box name="world" x="1" y="1" z="1"/>{solids}</solids>
<structure>{structure}<volume name="W"><materialref ref="Air"/><solidref ref="world"/>
<physvol><volumeref ref="F"/></physvol></volume></structure>
<setup name="Default" version="1.0"><world ref="W"/></setup></gdml>"#
    );
    let faults = gdml::faults_of_bytes("faulty", text.clone().into_bytes(), &NoFiles);
    let elements: Vec<&str> = faults.iter().map(|fault| fault.place.element.as_str()).collect();
    assert_eq!(elements, ["box 'flat'", "orb 'none'", "solidref 'missing'"]);
    let sound = text
        .replace(solids, "")
        .replace(structure, "")
        .replace(r#"<physvol><volumeref ref="F"/></physvol>"#, "");
    assert!(gdml::faults_of_bytes("sound", sound.into_bytes(), &NoFiles).is_empty());
}
