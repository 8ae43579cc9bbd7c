//! numpy loads what this crate saves, where python3 with numpy is installed.

use std::process::Command;

use npy::{Element, NPY, NPYAppender};

#[test]
fn numpy_loads_every_type() {
    let has_numpy = Command::new("python3").args(["-c", "import numpy"]).output();
    if !has_numpy.is_ok_and(|output| output.status.success()) {
        println!("skipped: numpy_loads_every_type, python3 with numpy is not installed");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    fn save<T: Element + From<u8>>(path: &std::path::Path) {
        let values = (0..24u8).map(T::from).collect();
        NPY::<T>::from_vec(values, &[4, 3, 2]).unwrap().save(path).unwrap();
    }
    save::<f32>(&path("f4.npy"));
    save::<f64>(&path("f8.npy"));
    NPY::from_vec((0..24i8).collect(), &[4, 3, 2]).unwrap().save(path("i1.npy")).unwrap();
    save::<i16>(&path("i2.npy"));
    save::<i32>(&path("i4.npy"));
    save::<i64>(&path("i8.npy"));
    save::<u8>(&path("u1.npy"));
    save::<u16>(&path("u2.npy"));
    save::<u32>(&path("u4.npy"));
    save::<u64>(&path("u8.npy"));
    NPY::<f32>::make(&[0, 6, 4]).unwrap().save(path("empty.npy")).unwrap();
    NPY::<f32>::make(&[5]).unwrap().save(path("line.npy")).unwrap();
    let mut appender = NPYAppender::<f32>::create(path("appended.npy"), &[4, 4]).unwrap();
    appender.add(&[2.5; 48]).unwrap();
    appender.finish().unwrap();

    let script = "
import numpy as np, sys
for t in 'f4 f8 i1 i2 i4 i8 u1 u2 u4 u8'.split():
    a = np.load(t + '.npy')
    assert a.dtype == np.dtype('<' + t) and a.shape == (4, 3, 2), t
    assert (a.ravel() == np.arange(24)).all(), t
assert np.load('empty.npy').shape == (0, 6, 4)
assert np.load('line.npy').shape == (5,)
a = np.load('appended.npy', mmap_mode='r')
assert a.shape == (3, 4, 4) and (a == 2.5).all()
";
    let output = Command::new("python3").args(["-c", script]).current_dir(directory.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
