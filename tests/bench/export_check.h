// Whether an export file verifies. Apart from what opens logs: the headers of both have a
// VerifyProgress. Thread-safe.
#ifndef SAKIP_TESTS_BENCH_EXPORT_CHECK_H_
#define SAKIP_TESTS_BENCH_EXPORT_CHECK_H_

#include <string>
#include <vector>

#include "common/note/key.h"

namespace sakip::bench {

bool IsTrustedExport(const std::string& path, const std::vector<note::Verifier>& verifiers);

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_EXPORT_CHECK_H_
