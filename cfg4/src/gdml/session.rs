//! What is shared by all files of one detector: the detector as far as it is read, and the files that are open.

use std::collections::{HashMap, HashSet};

use crate::detector::{
    BorderSurface, Copies, Detector, Placement, PlacementId, SkinSurface, Solid, SolidId, Transform, VolumeId,
};

use super::assembly::{Assemblies, Content};
use super::error::{GdmlError, GdmlErrorKind};
use super::expand::expand;
use super::faults::Faults;
use super::limits;
use super::module::Module;
use super::resolver::Resolver;
use super::tag::Tag;

/// The volumes that one file offers to others.
#[derive(Debug, Clone, Default)]
pub(super) struct Exports {
    /// By name.
    pub(super) volumes: HashMap<String, Content>,
    /// The world of its setup.
    pub(super) world: Option<Content>,
}

/// A detector in the making.
pub(super) struct Session<'r> {
    /// As far as it is read.
    pub(super) detector: Detector,
    /// All assemblies so far.
    pub(super) assemblies: Assemblies,
    /// Where all faults are looked for, those so far.
    pub(super) faults: Option<Faults>,
    /// Volumes that a `replicavol` or `divisionvol` cuts.
    pub(super) sliced: HashSet<VolumeId>,
    /// The names of the volumes of all files.
    pub(super) volume_names: HashSet<String>,
    resolver: &'r dyn Resolver,
    open: Vec<String>,
    modules: HashMap<(String, String), Exports>,
    bytes: usize,
    solid_depths: Vec<usize>,
    volume_depths: Vec<usize>,
    bordered: HashSet<(PlacementId, PlacementId)>,
    skinned: HashSet<VolumeId>,
}

impl<'r> Session<'r> {
    /// Nothing read yet; the place of the world is kept free.
    pub(super) fn new(resolver: &'r dyn Resolver) -> Self {
        let world = Placement {
            name: String::new(),
            copy_number: 0,
            volume: VolumeId(0),
            mother: None,
            transform: Transform::IDENTITY,
            copies: Copies::Once,
        };
        let detector = Detector { placements: vec![world], ..Detector::default() };
        Self {
            detector,
            assemblies: Assemblies::default(),
            faults: None,
            sliced: HashSet::new(),
            volume_names: HashSet::new(),
            resolver,
            open: Vec::new(),
            modules: HashMap::new(),
            bytes: 0,
            solid_depths: Vec::new(),
            volume_depths: Vec::new(),
            bordered: HashSet::new(),
            skinned: HashSet::new(),
        }
    }

    /// Reads one document and everything that it refers to.
    pub(super) fn read(&mut self, name: &str, bytes: Vec<u8>) -> Result<Exports, GdmlError> {
        let source = expand(name, bytes, self.resolver)?;
        self.bytes += source.text.len();
        if self.bytes > limits::BYTES {
            let (bytes, limit) = (self.bytes as u64, limits::BYTES);
            return Err(GdmlError::of_file(name, GdmlErrorKind::TooLarge { bytes, limit }));
        }
        let document = source.parse()?;
        let root = Tag::new(document.root_element(), &source);
        if !["gdml", "gdml_simple_extension"].contains(&root.name()) {
            return Err(root.fail(GdmlErrorKind::NotGdml));
        }
        self.open.push(name.to_owned());
        let is_main = self.open.len() == 1;
        let exports = Module::default().read(root, is_main, self)?;
        self.open.pop();
        Ok(exports)
    }

    /// The volumes of the file that `tag` (`<file name= volname=/>`) refers to.
    pub(super) fn module(&mut self, tag: Tag<'_>) -> Result<Content, GdmlError> {
        let reference = tag.required("name")?;
        let key = (tag.file().to_owned(), reference.to_owned());
        if !self.modules.contains_key(&key) {
            let exports = self.read_module(tag, reference)?;
            self.modules.insert(key.clone(), exports);
        }
        let exports = &self.modules[&key];
        let content = match tag.attribute("volname").filter(|name| !name.is_empty()) {
            Some(volume) => exports.volumes.get(volume).copied(),
            None => exports.world,
        };
        content.ok_or_else(|| {
            let name = tag.attribute("volname").unwrap_or("world").to_owned();
            let hint = format!(" in file '{reference}'");
            tag.fail(GdmlErrorKind::Undefined { what: "volume", name, hint })
        })
    }

    fn read_module(&mut self, tag: Tag<'_>, reference: &str) -> Result<Exports, GdmlError> {
        let opened = self.resolver.open(tag.file(), reference);
        let (name, bytes) = opened.map_err(|error| tag.fail(GdmlErrorKind::Io(error)))?;
        if self.open.contains(&name) {
            return Err(tag.fail(GdmlErrorKind::IncludeCycle(name)));
        }
        if self.open.len() == limits::INCLUDES {
            let (what, limit) = ("files inside one another", limits::INCLUDES);
            return Err(tag.fail(GdmlErrorKind::Limit { what, limit }));
        }
        self.read(&name, bytes)
    }

    /// The number of something of another file that `found` looks for among all that is read. Geant4 keeps the names of all
    /// files together.
    pub(super) fn elsewhere(&self, found: impl Fn(&Detector) -> Option<usize>) -> Option<u32> {
        let several = self.open.len() > 1 || !self.modules.is_empty();
        several.then(|| found(&self.detector)).flatten().map(|number| number as u32)
    }

    /// A complete volume of another file.
    pub(super) fn volume_elsewhere(&self, name: &str) -> Option<VolumeId> {
        let is_complete = |i: usize| self.volume_depths.get(i).is_some_and(|depth| *depth > 0);
        let found = self.elsewhere(|detector| {
            (0..detector.volumes.len()).find(|&i| detector.volumes[i].name == name && is_complete(i))
        });
        found.map(VolumeId)
    }

    /// Adds a border; returns whether the two placements had none yet.
    pub(super) fn add_border(&mut self, border: BorderSurface) -> bool {
        let is_new = self.bordered.insert((border.from, border.to));
        if is_new {
            self.detector.borders.push(border);
        }
        is_new
    }

    /// Adds a skin; returns whether the volume had none yet.
    pub(super) fn add_skin(&mut self, skin: SkinSurface) -> bool {
        let is_new = self.skinned.insert(skin.volume);
        if is_new {
            self.detector.skins.push(skin);
        }
        is_new
    }

    /// Adds a solid made of `operands`.
    pub(super) fn add_solid(
        &mut self,
        tag: Tag<'_>,
        solid: Solid,
        operands: &[SolidId],
    ) -> Result<SolidId, GdmlError> {
        let depth = 1 + operands.iter().map(|id| self.solid_depths[id.index()]).max().unwrap_or(0);
        if depth > limits::BOOLEAN_DEPTH {
            let (what, limit) = ("booleans inside one another", limits::BOOLEAN_DEPTH);
            return Err(tag.fail(GdmlErrorKind::Limit { what, limit }));
        }
        self.solid_depths.push(depth);
        self.detector.solids.push(solid);
        Ok(SolidId((self.detector.solids.len() - 1) as u32))
    }

    /// Notes that `volume` is complete, so that its depth is known.
    pub(super) fn close_volume(&mut self, tag: Tag<'_>, volume: VolumeId) -> Result<(), GdmlError> {
        let daughters = &self.detector.volume(volume).daughters;
        let depths =
            daughters.iter().map(|id| self.volume_depths[self.detector.placement(*id).volume.index()]);
        let depth = 1 + depths.max().unwrap_or(0);
        if depth > limits::VOLUME_DEPTH {
            let (what, limit) = ("volumes inside one another", limits::VOLUME_DEPTH);
            return Err(tag.fail(GdmlErrorKind::Limit { what, limit }));
        }
        if self.volume_depths.len() <= volume.index() {
            self.volume_depths.resize(volume.index() + 1, 0);
        }
        self.volume_depths[volume.index()] = depth;
        Ok(())
    }

    /// Refuses more placements than any detector has.
    pub(super) fn check_placements(&self, tag: Tag<'_>) -> Result<(), GdmlError> {
        if self.detector.placements.len() <= limits::PLACEMENTS {
            return Ok(());
        }
        let (what, limit) = ("placements", limits::PLACEMENTS);
        Err(tag.fail(GdmlErrorKind::Limit { what, limit }))
    }
}
