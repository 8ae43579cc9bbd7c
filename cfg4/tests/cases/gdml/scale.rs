//! Large files: nothing takes time that grows faster than the file.

use std::fmt::Write;
use std::time::Instant;

use cfg4::gdml::{self, NoFiles};

/// A file of `n` assemblies, each of a dozen placements of two volumes with solids of their own, and each placed once in
/// the world and once in the assembly that follows.
fn assemblies(n: usize) -> String {
    let (mut define, mut solids, mut volumes, mut placed) =
        (String::new(), String::new(), String::new(), String::new());
    for i in 0..n {
        writeln!(
            define,
            "<position name=\"at{i}\" x=\"{i}*0.5\" y=\"sin({i})*100\" z=\"-{i}\" unit=\"mm\"/>"
        )
        .unwrap();
        for k in 0..2 {
            writeln!(solids, "<box name=\"solid{i}_{k}\" x=\"10+{k}\" y=\"20\" z=\"30\" lunit=\"mm\"/>")
                .unwrap();
            writeln!(volumes, "<volume name=\"volume{i}_{k}\"><materialref ref=\"Stuff\"/><solidref ref=\"solid{i}_{k}\"/></volume>").unwrap();
        }
        writeln!(volumes, "<assembly name=\"assembly{i}\">").unwrap();
        for k in 0..12 {
            writeln!(volumes, "<physvol name=\"part{i}_{k}\"><volumeref ref=\"volume{i}_{}\"/><position name=\"p{k}\" x=\"{k}*1.5*mm\" y=\"{k}\" z=\"0\"/></physvol>", k % 2).unwrap();
        }
        if i % 2 == 1 {
            writeln!(volumes, "<physvol name=\"inner\"><volumeref ref=\"assembly{}\"/></physvol>", i - 1)
                .unwrap();
        }
        writeln!(volumes, "</assembly>").unwrap();
        writeln!(placed, "<physvol name=\"place{i}\"><volumeref ref=\"assembly{i}\"/><positionref ref=\"at{i}\"/></physvol>").unwrap();
    }
    format!(
        "<gdml><define>{define}</define><materials><material name=\"Stuff\" Z=\"14\"><D value=\"2\"/><atom value=\"28\"/></material></materials>\
         <solids><box name=\"big\" x=\"10000\" y=\"10000\" z=\"10000\"/>{solids}</solids><structure>{volumes}\
         <volume name=\"World\"><materialref ref=\"Stuff\"/><solidref ref=\"big\"/>{placed}</volume></structure>\
         <setup name=\"Default\" version=\"1.0\"><world ref=\"World\"/></setup></gdml>"
    )
}

#[test]
fn a_thousand_assemblies_of_two_thousand_solids_are_read() {
    let text = assemblies(1000);
    assert!(text.len() > 1_800_000, "{}", text.len());
    let start = Instant::now();
    let detector = gdml::read_str(&text, "large.gdml", &NoFiles).unwrap();
    println!("{} bytes in {:.2} s", text.len(), start.elapsed().as_secs_f64());
    assert_eq!((detector.solids.len(), detector.volumes.len()), (2001, 2001));
    // Every assembly once, and each even one once more inside the next.
    assert_eq!(detector.world().daughters.len(), 12 * 1000 + 12 * 500);
}
