use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;
use crate::detector::{PropertyMap, SkinSurface, SurfaceFinish, SurfaceId, SurfaceModel, VolumeId};

fn surface(kind: SurfaceType, finish: u32) -> OpticalSurface {
    OpticalSurface {
        name: "Wrap0x1234567".into(),
        model: SurfaceModel::Lut,
        kind,
        finish: SurfaceFinish::LookUpTable(finish),
        value: 0.0,
        properties: PropertyMap::default(),
        measured: None,
    }
}

fn with(surfaces: Vec<OpticalSurface>) -> Detector {
    let skin =
        |index| SkinSurface { name: "skin".into(), volume: VolumeId(0), surface: SurfaceId(index as u32) };
    Detector { skins: (0..surfaces.len()).map(skin).collect(), surfaces, ..Detector::default() }
}

fn error(surface: OpticalSurface, folder: &Path) -> String {
    attach(&mut with(vec![surface]), folder).unwrap_err().to_string()
}

/// Tyvek, finish 11: the number at (incident, theta, phi) is incident + 100 theta + 10 000 phi, scaled.
#[test]
fn an_angular_distribution_is_read_plain_and_compressed_and_shared() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::new();
    for phi in 0..37 {
        for theta in 0..45 {
            for incident in 0..91 {
                writeln!(text, "{}", f64::from(incident + 100 * theta + 10_000 * phi) * 1e-6 + 1e-6).unwrap();
            }
        }
    }
    let check = |folder: &Path| {
        let mut detector = with(vec![surface(SurfaceType::DielectricLut, 11); 2]);
        attach(&mut detector, folder).unwrap();
        let tables: Vec<_> = detector.surfaces.iter().map(|s| s.measured.clone().unwrap()).collect();
        let [MeasuredData::AngularDistribution(a), MeasuredData::AngularDistribution(b)] = &tables[..] else {
            panic!("{:?}", tables.len())
        };
        assert!(Arc::ptr_eq(a, b));
        assert_eq!(a.len(), ANGULAR_DISTRIBUTION);
        assert!((a[30 + 91 * (7 + 45 * 3)] - 0.030_731).abs() < 1e-7);
    };
    std::fs::write(folder.path().join("PolishedTyvek.dat"), &text).unwrap();
    check(folder.path());
    std::fs::remove_file(folder.path().join("PolishedTyvek.dat")).unwrap();
    let mut compressed = ZlibEncoder::new(Vec::new(), Compression::fast());
    compressed.write_all(text.as_bytes()).unwrap();
    std::fs::write(folder.path().join("PolishedTyvek.z"), compressed.finish().unwrap()).unwrap();
    check(folder.path());
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_surface_and_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let lut = || surface(SurfaceType::DielectricLut, 11);
    let mut nowhere = with(vec![lut()]);
    nowhere.skins.clear();
    assert!(attach(&mut nowhere, path).is_ok(), "a surface that sits nowhere needs no file");
    let missing = error(lut(), path);
    assert!(missing.contains("Wrap needs PolishedTyvek.z or PolishedTyvek.dat"), "{missing}");
    for (text, fault) in [("0.1 0.2", "2 numbers"), ("0.1 tyvek", "'tyvek'"), ("nan", "'nan'")] {
        std::fs::write(path.join("PolishedTyvek.dat"), text).unwrap();
        let message = error(lut(), path);
        assert!(message.contains("PolishedTyvek.dat") && message.contains(fault), "{message}");
    }
    std::fs::write(path.join("PolishedTyvek.z"), "not zlib").unwrap();
    assert!(error(lut(), path).contains("cannot be read"));
    assert!(error(surface(SurfaceType::DielectricLut, 8), path).contains("no table"), "polishedair");
    assert!(error(surface(SurfaceType::DielectricLutDavis, 11), path).contains("no table"));
    let davis = error(surface(SurfaceType::DielectricLutDavis, 32), path);
    assert!(davis.contains("RoughESR_LUT.z"), "{davis}");
    std::fs::write(path.join("RoughESR_LUT.dat"), "0.1 0.2 0.3").unwrap();
    assert!(error(surface(SurfaceType::DielectricLutDavis, 32), path).contains("3 numbers"));
}

#[test]
fn recorded_directions_are_read_with_their_reflectivities() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Rough_LUT.dat"), "0.5 ".repeat(DIRECTIONS_USED)).unwrap();
    std::fs::write(folder.path().join("Rough_LUTR.dat"), "0.25\n".repeat(90)).unwrap();
    let mut detector = with(vec![surface(SurfaceType::DielectricLutDavis, 30)]);
    attach(&mut detector, folder.path()).unwrap();
    let Some(MeasuredData::Recorded { directions, reflectivity }) = &detector.surfaces[0].measured else {
        panic!("nothing was attached")
    };
    assert_eq!((directions.len(), directions[0], directions[DIRECTIONS - 1]), (DIRECTIONS, 0.5, 0.0));
    assert_eq!(reflectivity[..], [0.25; 90]);
}

/// What Geant4 takes: numbers above 1, and nothing at all at 90 degrees; but neither negative ones nor nothing at 89.
#[test]
fn an_angular_distribution_may_be_all_that_geant4_takes() {
    let folder = tempfile::tempdir().unwrap();
    let write = |value: fn(usize) -> &'static str| {
        let words: Vec<&str> = (0..ANGULAR_DISTRIBUTION).map(|at| value(at % 91)).collect();
        std::fs::write(folder.path().join("PolishedTyvek.dat"), words.join(" ")).unwrap();
        attach(&mut with(vec![surface(SurfaceType::DielectricLut, 11)]), folder.path())
    };
    write(|incident| if incident == 90 { "0" } else { "1.25" }).unwrap();
    let negative = write(|incident| if incident == 3 { "-0.5" } else { "0.5" }).unwrap_err().to_string();
    assert!(negative.contains("-0.5"), "{negative}");
    let nothing = write(|incident| if incident == 89 { "0" } else { "0.5" }).unwrap_err().to_string();
    assert!(nothing.contains("at 89 degrees"), "{nothing}");
}

#[test]
fn a_filter_is_read_by_its_name_or_the_common_one() {
    let folder = tempfile::tempdir().unwrap();
    let filter = || surface(SurfaceType::DielectricDichroic, 6);
    let read = || {
        let mut detector = with(vec![filter()]);
        attach(&mut detector, folder.path()).map(|()| detector.surfaces[0].measured.clone().unwrap())
    };
    assert!(read().unwrap_err().to_string().contains("Wrap.dichroic or dichroic.dat"));
    let text = "0 3 2\n400 500 600\n0 90\n10 20 30\n40 50 60\n";
    std::fs::write(folder.path().join("dichroic.dat"), text).unwrap();
    let want = MeasuredData::Dichroic {
        wavelengths_nm: vec![400.0, 500.0, 600.0],
        angles_deg: vec![0.0, 90.0],
        transmittance_percent: vec![10.0, 20.0, 30.0, 40.0, 50.0, 60.0],
    };
    assert_eq!(read().unwrap(), want);
    for (text, fault) in [
        ("0 3 2 400 500 600 0 90 10 20 30 40 50", "13 numbers"),
        ("0 2 2 500 400 0 90 1 2 3 4", "ascend"),
        ("0 2 2 400 500 0 90 1 2 3 101", "per cent"),
        ("0 1 2 400 0 90 1 2", "at least 2"),
    ] {
        std::fs::write(folder.path().join("Wrap.dichroic"), text).unwrap();
        let message = read().unwrap_err().to_string();
        assert!(message.contains("Wrap.dichroic") && message.contains(fault), "{message}");
    }
}
