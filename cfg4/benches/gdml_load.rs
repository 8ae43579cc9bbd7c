//! How long it takes to read GDML: the default geometry, and 2 MB of tables and placements.

use std::fmt::Write;
use std::hint::black_box;

use cfg4::gdml::{self, DEFAULT_GEOMETRY, NoFiles};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// A detector of `rows` table rows and `sensors` placements, about 100 bytes each.
fn large(rows: usize, sensors: usize) -> String {
    let mut table = String::new();
    for row in 0..rows {
        let _ = write!(table, "{}*eV {}*cm\n ", 1.0 + row as f64 * 1e-4, 10.0 + row as f64);
    }
    let mut placements = String::new();
    for sensor in 0..sensors {
        let _ = writeln!(
            placements,
            "<physvol name=\"sensor{sensor}\" copynumber=\"{sensor}\"><volumeref ref=\"Sensor\"/>\
             <position x=\"{sensor}*pitch\" y=\"-0.5*pitch\" z=\"{}\" unit=\"mm\"/></physvol>",
            sensor as f64 * 0.25
        );
    }
    format!(
        r#"<gdml><define><constant name="pitch" value="2.5"/><matrix name="a" coldim="2" values="{table}"/></define>
        <materials><material name="M" Z="14"><D value="1"/><atom value="28"/><property name="ABSLENGTH" ref="a"/>
        </material></materials>
        <solids><box name="w" x="1e6" y="1e6" z="1e6"/><orb name="s" r="1"/></solids>
        <structure><volume name="Sensor"><materialref ref="M"/><solidref ref="s"/></volume>
        <volume name="World"><materialref ref="M"/><solidref ref="w"/>{placements}</volume></structure>
        <setup name="Default"><world ref="World"/></setup></gdml>"#
    )
}

fn gdml_load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("gdml_load");
    group.sample_size(20);
    let two_megabytes = large(20_000, 10_500);
    for (name, text) in [("default_geometry", DEFAULT_GEOMETRY), ("2MB", &two_megabytes)] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| gdml::read_str(black_box(text), "bench", &NoFiles).map(|d| d.placements.len()));
        });
    }
    group.finish();
}

criterion_group!(benches, gdml_load);
criterion_main!(benches);
