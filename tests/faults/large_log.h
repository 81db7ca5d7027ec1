// A large log is backed up, restored and verified, with the time it takes.
#ifndef SAKIP_TESTS_FAULTS_LARGE_LOG_H_
#define SAKIP_TESTS_FAULTS_LARGE_LOG_H_

#include <cstdint>

#include "tests/faults/report.h"

namespace sakip::faults {

// Makes a log of so many events of 500 bytes, backs it up and restores it. Counts `events`,
// `backup_ms` and `restore_ms`; `too_slow` where the restore, in which everything is verified, took
// more than a minute, `root_different` where the result is not the log.
void RestoreLargeLog(uint64_t events, uint64_t seed, Report& report);

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_LARGE_LOG_H_
