//! One thread per photon, for comparison, and the functions of the physics one by one, for tests.

use crate::launch::{self, GeneratedPhoton, LaunchParameters, ProbeParameters};
use crate::thread;

/// Follows one photon per thread. See [`launch::propagate_each`].
///
/// # Safety
/// What `p` says must hold.
#[unsafe(no_mangle)]
pub unsafe extern "ptx-kernel" fn propagate_each(p: &LaunchParameters) {
    // SAFETY: as the host vouches.
    unsafe { launch::propagate_each(p, thread()) }
}

macro_rules! probes {
    ($($(#[$doc:meta])* $name:ident($p:ident, $scene:ident, $question:ident: $q:ty) -> $a:ty = $answer:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// # Safety
        /// What the parameters say must hold.
        #[unsafe(no_mangle)]
        pub unsafe extern "ptx-kernel" fn $name($p: &ProbeParameters) {
            let at = thread();
            if at < $p.answers.len {
                // SAFETY: as the host vouches; each thread has its own answer.
                unsafe {
                    let $scene = $p.scene.scene();
                    let $question = $p.questions.slice::<$q>();
                    ($p.answers.address as *mut $a).add(at as usize).write($answer(at as usize));
                }
            }
        }
    )*};
}

probes! {
    /// Photons of the first genstep.
    probe_generation(p, scene, questions: crate::transport::PreparedGenstep) -> GeneratedPhoton =
        |i| launch::generated(scene, &questions[0], p.seed, i as u32);
    /// Rays against solids.
    probe_solids(p, scene, questions: launch::SolidProbe) -> launch::SolidAnswer =
        |i: usize| launch::solid_answer(scene, &questions[i]);
    /// Single processes.
    probe_processes(p, scene, questions: launch::ProcessProbe) -> launch::ProcessAnswer =
        |i: usize| launch::process(scene, p.seed, &questions[i]);
    /// Random numbers.
    probe_random(p, _scene, questions: launch::ProcessProbe) -> [u32; 16] =
        |i: usize| launch::random_words(p.seed, &questions[i]);
}
