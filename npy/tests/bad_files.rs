//! Files that are not what they should be give an error that says so, quickly and without taking memory.

use std::fs;
use std::path::Path;

use npy::{NPY, NPYAppender, NPYMap, NpyError, describe};
use proptest::prelude::*;

/// Bytes of an .npy file with this header dictionary.
fn file(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let text = format!("{dictionary}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend(u16::try_from(text.len()).unwrap().to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.extend(data);
    bytes
}

fn header(descr: &str, fortran: &str, shape: &str) -> String {
    format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}")
}

fn load(bytes: &[u8]) -> Result<NPY<f32>, NpyError> {
    NPY::from_bytes(bytes)
}

#[test]
fn other_types_and_orders() {
    let error = load(&file(&header("<f8", "False", "(1,)"), &[0; 8])).unwrap_err();
    let expected = "array in memory holds dtype <f8, expected <f4: convert it with numpy's astype";
    assert_eq!(error.to_string(), expected);
    for descr in [">f4", "<i4", "<c8", "|O", "|S4", "<U1", "<M8[ns]", "|V4", "<f2"] {
        let result = load(&file(&header(descr, "False", "(1,)"), &[0; 16]));
        assert!(matches!(result, Err(NpyError::Dtype { .. })), "{descr}");
    }
    let fortran = file(&header("<f4", "True", "(2, 2)"), &[0; 16]);
    assert!(matches!(load(&fortran), Err(NpyError::FortranOrder { .. })));
    // In one dimension both orders are the same.
    assert_eq!(load(&file(&header("<f4", "True", "(4,)"), &[0; 16])).unwrap().num_items(), 4);
    let structured = "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}";
    assert!(matches!(load(&file(structured, &[0; 4])), Err(NpyError::Dtype { .. })));
}

#[test]
fn foreign_headers_are_accepted() {
    let data = 1.5f32.to_le_bytes();
    for dictionary in [
        "{'shape': (1,), 'fortran_order': False, 'descr': '<f4'}".to_owned(),
        "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (1, ), }".to_owned(),
        format!("{:117}", header("<f4", "False", "(1,)")),
    ] {
        assert_eq!(load(&file(&dictionary, &data)).unwrap().values(), [1.5]);
    }
    let mut version2 = b"\x93NUMPY\x02\x00".to_vec();
    let text = header("<f4", "False", "(1,)");
    version2.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
    version2.extend(text.as_bytes());
    version2.extend(data);
    assert_eq!(load(&version2).unwrap().values(), [1.5]);
    let byte = file(&header("<i1", "False", "(1,)"), &[0xff]);
    assert_eq!(NPY::<i8>::from_bytes(&byte).unwrap().values(), [-1]);
}

#[test]
fn truncated_at_every_byte() {
    let whole = NPY::from_vec(vec![1.0f32; 24], &[1, 6, 4]).unwrap().to_bytes().unwrap();
    assert!(load(&whole).is_ok());
    for length in 0..whole.len() {
        match load(&whole[..length]) {
            Err(NpyError::Format { .. }) if length < whole.len() - 96 => {}
            Err(NpyError::Truncated { expected: 96, .. }) if length >= whole.len() - 96 => {}
            other => panic!("{length} bytes gave {other:?}"),
        }
    }
}

/// numpy.load would give the first array and be silent about the rest.
#[test]
fn bytes_after_the_array() {
    let whole = NPY::from_vec(vec![1.0f32; 24], &[1, 6, 4]).unwrap().to_bytes().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.npy");
    for (bytes, wanted) in
        [([&whole[..], &whole[..]].concat(), whole.len() as u64), ([&whole[..], &b"x"[..]].concat(), 1)]
    {
        fs::write(&path, &bytes).unwrap();
        let errors = [
            load(&bytes).map(drop),
            NPY::<f32>::load(&path).map(drop),
            NPYMap::<f32>::open(&path).map(drop),
            NPYAppender::<f32>::append_to(&path).map(drop),
            describe(&path).map(drop),
        ];
        for error in errors.map(Result::unwrap_err) {
            assert!(matches!(error, NpyError::TrailingBytes { extra, .. } if extra == wanted), "{error}");
            assert!(error.to_string().contains("save each in a file of its own"), "{error}");
        }
        assert_eq!(fs::read(&path).unwrap(), bytes, "the file stays as it is");
    }
}

#[test]
fn headers_that_promise_too_much() {
    for (shape, truncated) in [
        ("(1000000000000, 6, 4)", true),
        ("(4294967296, 4294967296)", false),
        ("(0, 4294967296, 4294967296)", false),
        ("(2305843009213693952, 2)", false),
        ("(99999999999999999999,)", false),
        ("(-1,)", false),
        ("()", false),
        ("7", false),
    ] {
        let error = load(&file(&header("<f4", "False", shape), &[0; 64])).unwrap_err();
        assert_eq!(matches!(error, NpyError::Truncated { .. }), truncated, "{shape} gave {error}");
    }
    let mut long_header = b"\x93NUMPY\x02\x00".to_vec();
    long_header.extend(u32::MAX.to_le_bytes());
    assert!(load(&long_header).unwrap_err().to_string().contains("its header claims 4294967295 bytes"));
}

#[test]
fn nested_headers_neither_hang_nor_overflow() {
    for open in ["(", "[", "{", "(1,(", "{1:{", "[['a',"] {
        let text = open.repeat(60_000 / open.len());
        assert!(matches!(load(&file(&text, &[])), Err(NpyError::Format { .. })), "{open}");
    }
}

#[test]
fn files_that_are_not_there_or_not_files() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("missing.npy");
    let error = NPY::<f32>::load(&missing).unwrap_err().to_string();
    assert!(error.starts_with("cannot open ") && error.contains("missing.npy"), "{error}");
    fn fails(path: &Path) {
        assert!(NPY::<f32>::load(path).is_err());
        assert!(NPYMap::<f32>::open(path).is_err());
        assert!(NPYAppender::<f32>::append_to(path).is_err());
        assert!(describe(path).is_err());
    }
    fails(&missing);
    fails(directory.path());
    let empty = directory.path().join("empty.npy");
    fs::write(&empty, "").unwrap();
    fails(&empty);
    fs::write(&empty, "<?xml version=\"1.0\"?>").unwrap();
    fails(&empty);
    if cfg!(unix) {
        fails(Path::new("/dev/zero"));
    }
}

#[test]
fn output_that_cannot_be_written() {
    let directory = tempfile::tempdir().unwrap();
    let file_not_directory = directory.path().join("file");
    fs::write(&file_not_directory, "").unwrap();
    let array = NPY::<f32>::make(&[1, 4]).unwrap();
    for bad in [file_not_directory.join("x.npy"), directory.path().to_owned()] {
        assert!(matches!(array.save(&bad), Err(NpyError::Io { .. })), "{}", bad.display());
        assert!(matches!(NPYAppender::<f32>::create(&bad, &[4]), Err(NpyError::Io { .. })));
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = load(&bytes);
    }

    #[test]
    fn arbitrary_header_text_never_panics(text in "[ -~]{0,120}", data in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = load(&file(&text, &data));
    }

    #[test]
    fn likely_header_text_never_panics(
        descr in "([<>|=]?[fiucbSUVOmM][0-9]{0,3}|[<>|]M8\\[[a-z]{1,2}\\])",
        shape in "[(\\[]?([0-9_x]{1,20}[, ]{0,2}){0,5}[)\\]]?",
        order in "(True|False|None|0|'F')",
    ) {
        let bytes = file(&header(&descr, &order, &shape), &[0; 32]);
        let _ = load(&bytes);
        let _ = NPY::<u8>::from_bytes(&bytes);
    }

    #[test]
    fn changed_byte_never_panics(position in 0usize..96, byte in any::<u8>()) {
        let mut bytes = NPY::<f32>::make(&[1, 2, 2]).unwrap().to_bytes().unwrap();
        let position = position % bytes.len();
        bytes[position] = byte;
        let _ = load(&bytes);
    }
}
