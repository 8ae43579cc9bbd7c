//! Pictures in three dimensions.

use cfg4::gdml::DEFAULT_GEOMETRY;
use tools::render::{Image, Markers, MaterialColours, View, picture};

use super::{geometry, material, two_boxes};

fn view(direction: &str) -> View {
    View { direction: direction.parse().unwrap(), size: (700, 500), ortho: true, ..View::default() }
}

fn count(image: &Image, is: impl Fn([u8; 3]) -> bool) -> usize {
    let pixels = (0..image.height()).flat_map(|row| (0..image.width()).map(move |column| (column, row)));
    pixels.filter(|&(column, row)| image.pixel(column, row).is_some_and(&is)).count()
}

/// As orange as a sensor in any light; the legend's field has about 250 pixels.
fn is_sensor([r, g, b]: [u8; 3]) -> bool {
    r > 100 && b < 40 && g > r / 3 && g < r / 2 + 10
}

const LEGEND: usize = 400;

#[test]
fn sensors_are_orange_and_can_be_hidden() {
    let geometry = geometry(DEFAULT_GEOMETRY);
    let shown = picture(&geometry, &view("x"), &Markers::default(), &|_| ()).unwrap();
    assert_eq!(shown.lost, 0);
    // Five discs of 60 mm; the picture is as high as the sphere around the cube, 1732 mm.
    let disc = std::f64::consts::PI * (30.0 * 460.0 / 1733f64).powi(2);
    let found = count(&shown.image, is_sensor) as f64;
    assert!(
        found > 5.0 * 0.7 * disc && found < 5.0 * 1.4 * disc + LEGEND as f64,
        "{found} of {}",
        5.0 * disc
    );
    let hidden = View { hide: vec!["Det".into()], ..view("x") };
    let hidden = picture(&geometry, &hidden, &Markers::default(), &|_| ()).unwrap();
    assert!(count(&hidden.image, is_sensor) < LEGEND);
    assert_eq!(shown.image.pixel(3, 3), Some([255; 3]), "nothing beside the geometry");
}

#[test]
fn a_cutaway_shows_the_material_inside() {
    let geometry = geometry(&two_boxes(-15.0, 15.0).replace("G4_Pyrex_Glass", "G4_Pb"));
    let [r, g, b] = MaterialColours::of(geometry.detector()).rgb(material(&geometry, "G4_Pb")).map(i32::from);
    let close = |c: [u8; 3]| {
        let [x, y, z] = c.map(i32::from);
        (x - r).abs() + (y - g).abs() + (z - b).abs() < 30
    };
    let cut = View { cuts: vec!["y=0".parse().unwrap()], ..view("-y") };
    let open = picture(&geometry, &cut, &Markers::default(), &|_| ()).unwrap();
    // Two faces of 20 x 20 mm; the sphere around the tank, 173 mm, fills 460 pixels.
    let face = (20.0 * 460.0 / 173.2f64).powi(2);
    let found = count(&open.image, close) as f64;
    assert!(
        found > 2.0 * 0.75 * face && found < 2.0 * 1.1 * face + LEGEND as f64,
        "{found} of {}",
        2.0 * face
    );
}

#[test]
fn the_picture_does_not_depend_on_threads() {
    let geometry = geometry(DEFAULT_GEOMETRY);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| picture(&geometry, &view("iso"), &Markers::default(), &|_| ()).unwrap())
    };
    assert!(on(1) == on(3), "other pixels");
}

#[test]
fn hits_and_paths_lie_over_the_geometry() {
    let geometry = geometry(DEFAULT_GEOMETRY);
    let markers = Markers {
        hits_mm: vec![[495.0, 0.0, 0.0]],
        paths_mm: vec![vec![[-400.0, -400.0, 0.0], [-400.0, 400.0, 0.0]]],
        not_finite: 0,
    };
    let with = picture(&geometry, &view("x"), &markers, &|_| ()).unwrap().image;
    let without = picture(&geometry, &view("x"), &Markers::default(), &|_| ()).unwrap().image;
    let hit = |c| c == [200, 0, 120];
    assert!(count(&with, hit) >= 9 && count(&without, hit) == 0);
    let blue = |[r, g, b]: [u8; 3]| b > 120 && r < 150 && i32::from(b) - i32::from(g) > 30;
    let length = 800.0 * 460.0 / 1733.0;
    let drawn = count(&with, blue) as f64 - count(&without, blue) as f64;
    assert!(drawn > 0.8 * length && drawn < 3.0 * length, "{drawn} of {length}");
}

#[test]
fn views_that_show_nothing_are_errors() {
    let geometry = geometry(DEFAULT_GEOMETRY);
    let bad = [
        View { size: (100, 500), ..view("x") },
        View { size: (500, 10_000), ..view("x") },
        view("eye=1,2,3,target=1,2,3"),
        View { hide: vec!["Objj".into()], ..view("x") },
    ];
    for (view, words) in bad.iter().zip(["200 to 4096", "200 to 4096", "one point", "did you mean 'Obj'?"]) {
        let error = picture(&geometry, view, &Markers::default(), &|_| ()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

/// With the tank hidden the picture is as high as the sphere around the boxes, which are 50 x 20 x 20 mm together.
#[test]
fn the_camera_fits_what_is_drawn() {
    let geometry = geometry(&two_boxes(-15.0, 15.0).replace("G4_Pyrex_Glass", "G4_Pb"));
    let colour = MaterialColours::of(geometry.detector()).rgb(material(&geometry, "G4_Pb")).map(i32::from);
    let close = |c: [u8; 3]| c.iter().zip(colour).map(|(a, b)| (i32::from(*a) - b).abs()).sum::<i32>() < 60;
    let view = View { hide: vec!["Tank".into()], ..view("-y") };
    let found = picture(&geometry, &view, &Markers::default(), &|_| ()).unwrap();
    let sphere = (50f64 * 50.0 + 2.0 * 20.0 * 20.0).sqrt();
    let faces = 2.0 * (20.0 * 460.0 / sphere).powi(2);
    let shown = count(&found.image, close) as f64;
    assert!(shown > 0.75 * faces && shown < 1.25 * faces + LEGEND as f64, "{shown} of {faces}");
}

#[test]
fn hits_and_paths_that_are_cut_away_are_not_drawn() {
    let geometry = geometry(DEFAULT_GEOMETRY);
    let open = View { cuts: vec!["x=0".parse().unwrap()], ..view("x") };
    let drawn = |x: f64| {
        let markers = Markers { hits_mm: vec![[x, 0.0, 0.0]], ..Markers::default() };
        let found = picture(&geometry, &open, &markers, &|_| ()).unwrap();
        // The dot of the legend has 50 pixels at most.
        count(&found.image, |c| c == [200, 0, 120])
    };
    assert!(drawn(-100.0) > drawn(100.0) + 9, "{} {}", drawn(-100.0), drawn(100.0));
}
