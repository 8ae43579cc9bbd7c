//! Collects the gensteps of an event.

mod counts;
mod error;
mod skip;

use std::path::Path;

use npy::NPY;

pub use counts::GenstepCounts;
pub use error::CollectError;
use skip::AcceptedCodes;
pub use skip::SkipCodes;

use crate::genstep::{
    CerenkovStep, ChargedStep, DsScintillationStep, Genstep, GenstepCode, MaterialLookup, ScintillationStep,
};

/// The gensteps of one event: collected step by step, handed over as one array (n,6,4), and given up on
/// [`reset`](CGenstepCollector::reset).
///
/// Every genstep counts as one, of whatever kind. The photons of a machinery genstep do not count: none are
/// propagated for it.
///
/// ```
/// use cfg4::collector::CGenstepCollector;
/// use cfg4::genstep::{ChargedStep, ScintillationStep};
///
/// let mut collector = CGenstepCollector::new();
/// collector.set_reservation(4000);
/// let step = ChargedStep { num_photons: 150, velocity_mm_per_ns: 299.0, ..ChargedStep::default() };
/// let step = ScintillationStep { step, component: 1, decay_time_ns: 7.0, ..ScintillationStep::default() };
/// collector.collect_scintillation_step(&step)?;
/// assert_eq!((collector.num_gensteps(), collector.num_photons()), (1, 150));
/// let gensteps = collector.gensteps()?;
/// assert_eq!(gensteps[0].num_photons(), 150);
/// collector.reset();
/// assert_eq!((collector.num_gensteps(), collector.capacity()), (0, 0));
/// # Ok::<(), cfg4::collector::CollectError>(())
/// ```
#[derive(Debug, Clone)]
pub struct CGenstepCollector {
    array: NPY<f32>,
    num_photons: u64,
    materials: Option<MaterialLookup>,
    skip: SkipCodes,
    accepted: AcceptedCodes,
}

impl Default for CGenstepCollector {
    fn default() -> Self {
        Self::new()
    }
}

impl CGenstepCollector {
    /// An empty collector. Without a [material lookup](CGenstepCollector::set_materials) a charged step's material
    /// is that of the volume at its middle, whatever index its caller gives.
    pub fn new() -> Self {
        Self {
            array: empty_array(),
            num_photons: 0,
            materials: None,
            skip: SkipCodes::default(),
            accepted: AcceptedCodes::all_but(&SkipCodes::default()),
        }
    }

    /// Says what the material indices of charged steps mean, from now on.
    pub fn set_materials(&mut self, materials: MaterialLookup) {
        self.materials = Some(materials);
    }

    /// Forgets what the material indices of charged steps mean: from now on the material is that at the step.
    pub fn forget_materials(&mut self) {
        self.materials = None;
    }

    /// Drops gensteps of these codes, from now on; their totals start with those of `skip`.
    pub fn set_skip_codes(&mut self, skip: SkipCodes) {
        self.accepted = AcceptedCodes::all_but(&skip);
        self.skip = skip;
    }

    /// The codes that are dropped, with the totals so far.
    pub fn skip_codes(&self) -> &SkipCodes {
        &self.skip
    }

    /// Collects Cerenkov light of a step, with code 1.
    ///
    /// # Errors
    /// More than 2^31 - 1 photons, a material index that leads nowhere, no memory.
    #[doc(alias = "collectCerenkovStep")]
    pub fn collect_cerenkov_step(&mut self, step: &CerenkovStep) -> Result<(), CollectError> {
        let step = CerenkovStep { step: self.charged(step.step)?, ..*step };
        self.collect_genstep(&step.to_genstep())
    }

    /// Collects Cerenkov light of a step, with code 3.
    ///
    /// # Errors
    /// As [`CGenstepCollector::collect_cerenkov_step`].
    pub fn collect_ds_cerenkov_step(&mut self, step: &CerenkovStep) -> Result<(), CollectError> {
        let step = CerenkovStep { step: self.charged(step.step)?, ..*step };
        self.collect_genstep(&step.to_ds_genstep())
    }

    /// Collects scintillation of a step, with code 2.
    ///
    /// # Errors
    /// As [`CGenstepCollector::collect_cerenkov_step`].
    #[doc(alias = "collectScintillationStep")]
    pub fn collect_scintillation_step(&mut self, step: &ScintillationStep) -> Result<(), CollectError> {
        let step = ScintillationStep { step: self.charged(step.step)?, ..*step };
        self.collect_genstep(&step.to_genstep())
    }

    /// Collects scintillation of a step, with code 4.
    ///
    /// # Errors
    /// As [`CGenstepCollector::collect_cerenkov_step`].
    #[doc(alias = "collectScintillationStep")]
    pub fn collect_ds_scintillation_step(&mut self, step: &DsScintillationStep) -> Result<(), CollectError> {
        let step = DsScintillationStep { step: self.charged(step.step)?, ..*step };
        self.collect_genstep(&step.to_genstep())
    }

    /// Collects a record of a memory test.
    ///
    /// # Errors
    /// A code other than machinery, no memory.
    #[doc(alias = "collectMachineryStep")]
    pub fn collect_machinery_step(&mut self, code: GenstepCode) -> Result<(), CollectError> {
        if !code.is_machinery() {
            return Err(CollectError::WrongKind { code, wanted: "machinery" });
        }
        self.collect_genstep(&Genstep::machinery())
    }

    /// Collects torch, fabricated or input photon gensteps, as they are.
    ///
    /// # Errors
    /// A genstep of another kind (none is collected then), no memory.
    #[doc(alias = "collectOpticksGenstep")]
    pub fn collect_opticks_genstep(&mut self, gensteps: &[Genstep]) -> Result<(), CollectError> {
        if let Some(other) = gensteps.iter().map(Genstep::code).find(|code| !code.is_torch_like()) {
            return Err(CollectError::WrongKind { code: other, wanted: "torch-like" });
        }
        self.collect_gensteps(gensteps)
    }

    /// Collects a record as it is, of whatever kind; its material index is already one of ours.
    ///
    /// # Errors
    /// A code that no record has, no memory.
    #[inline]
    pub fn collect_genstep(&mut self, genstep: &Genstep) -> Result<(), CollectError> {
        if !self.accepted.contains(genstep) {
            return self.leave_out(genstep.code());
        }
        self.array.add(genstep.as_words())?;
        self.num_photons += u64::from(genstep.num_photons());
        Ok(())
    }

    /// Collects records as they are, all or, on an error, none of them.
    ///
    /// # Errors
    /// As [`CGenstepCollector::collect_genstep`].
    pub fn collect_gensteps(&mut self, gensteps: &[Genstep]) -> Result<(), CollectError> {
        if let Some(photons) = self.accepted.photons_of_all(gensteps) {
            self.array.add(bytemuck::cast_slice(gensteps))?;
            self.num_photons += photons;
            return Ok(());
        }
        if let Some(code) = gensteps.iter().map(Genstep::code).find(|code| !code.is_record()) {
            return Err(CollectError::WrongKind { code, wanted: "a genstep" });
        }
        gensteps.iter().try_for_each(|genstep| self.collect_genstep(genstep))
    }

    /// Counts a genstep whose code is skipped, or says that it is none.
    #[cold]
    #[inline(never)]
    fn leave_out(&mut self, code: GenstepCode) -> Result<(), CollectError> {
        if !code.is_record() {
            return Err(CollectError::WrongKind { code, wanted: "a genstep" });
        }
        self.skip.count(code);
        Ok(())
    }

    /// The step with our material index, its photon number checked.
    fn charged(&self, step: ChargedStep) -> Result<ChargedStep, CollectError> {
        if step.num_photons > Genstep::MAX_PHOTONS {
            return Err(CollectError::TooManyPhotons { photons: step.num_photons });
        }
        let material = match &self.materials {
            None => Genstep::MATERIAL_AT_STEP,
            Some(lookup) => lookup
                .translate(step.material)
                .map_err(|fault| CollectError::Material { row: self.num_gensteps(), fault })?,
        };
        Ok(ChargedStep { material, ..step })
    }

    /// How many gensteps there are, of every kind.
    #[doc(alias = "getNumGensteps")]
    pub fn num_gensteps(&self) -> u64 {
        self.array.num_items()
    }

    /// How many photons they ask for. Read just before collecting a step, it is the index of that step's first
    /// photon.
    #[doc(alias = "getNumPhotons")]
    pub fn num_photons(&self) -> u64 {
        self.num_photons
    }

    /// The photons that one genstep (from 0) asks for.
    pub fn num_photons_of(&self, index: u64) -> Option<u32> {
        let index = usize::try_from(index).ok()?;
        self.records().get(index).map(Genstep::num_photons)
    }

    /// Index of the first photon of every genstep, and the number of all photons at the end: one more than there
    /// are gensteps.
    pub fn photon_offsets(&self) -> Vec<u64> {
        let mut offsets = Vec::with_capacity(self.records().len() + 1);
        offsets.push(0);
        offsets.extend(self.records().iter().scan(0, |sum, genstep| {
            *sum += u64::from(genstep.num_photons());
            Some(*sum)
        }));
        offsets
    }

    /// Counts how many there are of each kind.
    pub fn counts(&self) -> GenstepCounts {
        GenstepCounts::of(self.records())
    }

    /// The gensteps, once all their words are found sound.
    ///
    /// # Errors
    /// As [`CGenstepCollector::check`].
    #[doc(alias = "getGensteps")]
    pub fn gensteps(&self) -> Result<&[Genstep], CollectError> {
        self.check()?;
        Ok(self.records())
    }

    /// The gensteps as an array (n,6,4), unchecked.
    pub fn array(&self) -> &NPY<f32> {
        &self.array
    }

    fn records(&self) -> &[Genstep] {
        Genstep::slice_from_words(self.array.values())
    }

    /// Checks every word of every genstep, and that their photons are those counted.
    ///
    /// # Errors
    /// The first genstep with a wrong word, or a count that disagrees with the array.
    #[doc(alias = "consistencyCheck")]
    pub fn check(&self) -> Result<(), CollectError> {
        let (photons, counted) = (sound_photons(&self.array, "collected gensteps")?, self.num_photons);
        if photons == counted { Ok(()) } else { Err(CollectError::Inconsistent { photons, counted }) }
    }

    /// Gives up all gensteps and their memory. Reservation, content index, material lookup and skip totals stay.
    pub fn reset(&mut self) {
        self.array.reset();
        self.num_photons = 0;
    }

    /// Hands the gensteps over as an array (n,6,4), unchecked; the collector is empty then, as after
    /// [`reset`](CGenstepCollector::reset).
    pub fn take(&mut self) -> NPY<f32> {
        self.num_photons = 0;
        self.array.take()
    }

    /// Saves the gensteps as an .npy file, with the content index beside it.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), CollectError> {
        Ok(self.array.save(path)?)
    }

    /// Replaces the gensteps by those of a file that a collector saved.
    ///
    /// # Errors
    /// A file that is no (n,6,4) array of f32, or a genstep with a wrong word; the collector keeps what it had.
    pub fn load(&mut self, path: impl AsRef<Path>) -> Result<(), CollectError> {
        let path = path.as_ref();
        let array = NPY::load_items(path, &[6, 4])?;
        self.replace(array, &path.display().to_string())
    }

    /// Replaces the gensteps by those of an array (n,6,4), and counts them.
    ///
    /// # Errors
    /// Items of another shape, or a genstep with a wrong word; the collector keeps what it had.
    pub fn import(&mut self, array: NPY<f32>) -> Result<(), CollectError> {
        self.replace(array, "imported gensteps")
    }

    fn replace(&mut self, mut array: NPY<f32>, place: &str) -> Result<(), CollectError> {
        if !array.has_shape(&[-1, 6, 4]) {
            let (expected, found) = ("6,4".to_owned(), array.shape_text());
            return Err(npy::NpyError::ItemShape { place: place.to_owned(), expected, found }.into());
        }
        let num_photons = sound_photons(&array, place)?;
        array.set_reservation(self.array.reservation());
        (self.array, self.num_photons) = (array, num_photons);
        Ok(())
    }

    /// Index of the content, such as the event number.
    #[doc(alias = "getArrayContentIndex")]
    pub fn content_index(&self) -> Option<i64> {
        self.array.metadata().content_index()
    }

    /// Sets the index of the content, such as the event number; saved beside the array.
    #[doc(alias = "setArrayContentIndex")]
    pub fn set_content_index(&mut self, index: i64) {
        self.array.metadata_mut().set_content_index(index);
    }

    /// Gensteps to make room for when the first one of an event is collected; see [`NPY::set_reservation`].
    #[doc(alias = "setReservation")]
    pub fn set_reservation(&mut self, gensteps: i64) {
        self.array.set_reservation(gensteps);
    }

    /// Makes room for an event of `gensteps` gensteps, as the reservation says; see [`NPY::reserve_for_event`].
    ///
    /// # Errors
    /// No memory.
    pub fn reserve_for_event(&mut self, gensteps: u64) -> Result<(), CollectError> {
        Ok(self.array.reserve_for_event(gensteps)?)
    }

    /// The reservation as set.
    #[doc(alias = "getReservation")]
    pub fn reservation(&self) -> i64 {
        self.array.reservation()
    }

    /// Words (24 for each genstep) that fit before the array grows.
    pub fn capacity(&self) -> u64 {
        self.array.capacity()
    }

    /// The counts in one short line.
    pub fn desc(&self) -> String {
        let c = self.counts();
        format!(
            " ngs {:3} nsc {:3} nck {:3} nto {:3} nma {:3} tot {:3}",
            self.num_gensteps(),
            c.scintillation(),
            c.cerenkov(),
            c.torch(),
            c.machinery(),
            c.total()
        )
    }

    /// The counts in one line.
    pub fn description(&self) -> String {
        let c = self.counts();
        format!(
            " CGenstepCollector  numItems {} scintillation_count {} cerenkov_count {} torch_count {} machinery_count {} step_count {}",
            self.num_gensteps(),
            c.scintillation(),
            c.cerenkov(),
            c.torch(),
            c.machinery(),
            c.total()
        )
    }
}

/// The photons of an array's gensteps, once all their words are found sound.
fn sound_photons(array: &NPY<f32>, place: &str) -> Result<u64, CollectError> {
    let mut photons = 0;
    for (row, genstep) in (0..).zip(Genstep::slice_from_words(array.values())) {
        genstep.validate().map_err(|fault| CollectError::Record { place: place.to_owned(), row, fault })?;
        photons += u64::from(genstep.num_photons());
    }
    Ok(photons)
}

/// An array (0,6,4).
fn empty_array() -> NPY<f32> {
    NPY::from_vec(Vec::new(), &[0, 6, 4]).unwrap_or_else(|_| unreachable!("an empty array of any item shape"))
}
