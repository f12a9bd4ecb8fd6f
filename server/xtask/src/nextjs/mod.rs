//! Real releases of Next.js: where each is installed, how an application is put together for one, and
//! Next's own processes. The oracle and the journeys share them.

pub mod layers;
pub mod process;
pub mod release;
