// SimFs lets RocksDB, and the log's HEAD file, work on a SimDisk.
#ifndef SAKIP_TESTS_FAULTS_SIM_FS_H_
#define SAKIP_TESTS_FAULTS_SIM_FS_H_

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <memory>

#include "tests/faults/sim_disk.h"

namespace sakip::faults {

// Thread-safe. Borrows the disk.
std::unique_ptr<rocksdb::Env> NewSimEnv(SimDisk& disk);

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_SIM_FS_H_
