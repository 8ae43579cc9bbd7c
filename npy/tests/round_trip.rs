//! Saving and loading every type, metadata, and large counts.

use std::fs;

use npy::{Element, Metadata, NPY, NPYAppender, NPYMap, NpyError, describe};

fn round_trip<T: Element>(values: Vec<T>, shape: &[u64]) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("new/deep/array.npy");
    let array = NPY::from_vec(values, shape).unwrap();
    array.save(&path).unwrap();
    assert_eq!(fs::read(&path).unwrap(), array.to_bytes().unwrap());
    let loaded = NPY::<T>::load(&path).unwrap();
    assert_eq!((loaded.shape(), loaded.values()), (shape.to_vec(), array.values()));
    assert_eq!(loaded.capacity(), loaded.num_values());
    assert_eq!(NPY::<T>::from_bytes(&array.to_bytes().unwrap()).unwrap().values(), array.values());
    assert_eq!(NPYMap::<T>::open(&path).unwrap().values(), array.values());
    let description = describe(&path).unwrap();
    assert_eq!((description.dtype.as_str(), description.digest), (T::DESCR, array.digest()));
    assert_eq!(description.shape, shape);
    // Only the array is there: no metadata file, no partial file.
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn every_type_comes_back() {
    round_trip(vec![0.5f32, -0.0, f32::MAX, f32::INFINITY], &[2, 2]);
    round_trip(vec![1e300f64, -2.5, 0.0], &[3]);
    round_trip(vec![i8::MIN, 0, i8::MAX], &[3, 1]);
    round_trip(vec![i16::MIN, 0, i16::MAX], &[1, 3]);
    round_trip(vec![i32::MIN, i32::MAX], &[2]);
    round_trip(vec![i64::MIN, i64::MAX], &[1, 1, 2]);
    round_trip(vec![0u8, 255], &[2]);
    round_trip(vec![0u16, u16::MAX], &[2]);
    round_trip(vec![0u32, u32::MAX], &[2]);
    round_trip(vec![0u64, u64::MAX], &[2]);
}

#[test]
fn empty_arrays_come_back() {
    round_trip(Vec::<f32>::new(), &[0, 6, 4]);
    round_trip(Vec::<u8>::new(), &[0]);
    round_trip(Vec::<i64>::new(), &[3, 0, 4]);
}

#[test]
fn not_a_number_keeps_its_bits() {
    let bits = 0x7fc0_1234u32;
    let bytes = NPY::from_vec(vec![f32::from_bits(bits)], &[1]).unwrap().to_bytes().unwrap();
    assert_eq!(NPY::<f32>::from_bytes(&bytes).unwrap().values()[0].to_bits(), bits);
}

#[test]
fn array_larger_than_a_read_chunk_comes_back() {
    round_trip((0..1_000_000u32).map(|i| i as f32).collect(), &[62_500, 4, 4]);
}

#[test]
fn metadata_go_beside_the_array() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("gs.npy");
    let mut array = NPY::<f32>::make(&[1, 6, 4]).unwrap();
    array.metadata_mut().set_content_index(3);
    array.save(&path).unwrap();
    assert!(directory.path().join("gs.json").exists());
    assert_eq!(NPY::<f32>::load(&path).unwrap().metadata().content_index(), Some(3));
    fs::write(directory.path().join("gs.json"), "not json").unwrap();
    assert_eq!(NPY::<f32>::load(&path).unwrap().metadata(), &Metadata::default());
}

#[test]
fn item_shape_is_checked_when_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("gs.npy");
    NPY::<f32>::make(&[5, 6, 4]).unwrap().save(&path).unwrap();
    assert_eq!(NPY::<f32>::load_items(&path, &[6, 4]).unwrap().num_items(), 5);
    let error = NPY::<f32>::load_items(&path, &[4, 4]).unwrap_err();
    assert!(matches!(error, NpyError::ItemShape { .. }));
    assert!(error.to_string().ends_with("gs.npy has shape (5,6,4), expected (n,4,4)"), "{error}");
    assert!(matches!(NPY::<i32>::load_items(&path, &[6, 4]), Err(NpyError::Dtype { .. })));
}

#[test]
#[cfg(target_os = "linux")]
fn file_of_more_than_2_gib_values_is_mapped_in_place() {
    // A sparse file: 2^31 + 16 values of one byte, almost no disk.
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("large.npy");
    NPYAppender::<u8>::create(&path, &[16]).unwrap().finish().unwrap();
    let items = (1u64 << 27) + 1;
    let header = fs::read(&path).unwrap();
    let text = String::from_utf8_lossy(&header[10..]).replace("(0, 16)", &format!("({items}, 16)"));
    let mut bytes = header[..10].to_vec();
    bytes.extend(&text.as_bytes()[..header.len() - 11]);
    bytes.push(b'\n');
    fs::write(&path, &bytes).unwrap();
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(bytes.len() as u64 + items * 16).unwrap();
    let map = NPYMap::<u8>::open(&path).unwrap();
    assert_eq!((map.num_items(), map.values().len() as u64), (items, (1 << 31) + 16));
    assert_eq!(map.item(items - 1), Some(&[0; 16][..]));
}

#[test]
fn description_is_the_line_of_np_py() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.npy");
    NPY::<f32>::make(&[1000, 4]).unwrap().save(&path).unwrap();
    let mut description = describe(&path).unwrap();
    assert_eq!((description.date.len(), &description.date[8..9]), (13, "-"));
    description.name = "G4OpticksProfilePlot.npy".into();
    description.date = "20210215-1225".into();
    // MD5 of 16000 zero bytes, from md5sum.
    let expected = "a :                                     G4OpticksProfilePlot.npy :            (1000, 4) :   <f4 \
        : 1ee0193671609c7d63cfe89b920ad313 : 20210215-1225";
    assert_eq!(description.to_string(), expected);
}
