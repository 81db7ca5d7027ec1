#include "tests/bench/export_check.h"

#include <optional>

#include "common/eventlog/verify/export_verify.h"

namespace sakip::bench {

bool IsTrustedExport(const std::string& path, const std::vector<note::Verifier>& verifiers) {
  return eventlog::VerifyExport(path, {.verifiers = verifiers, .older = std::nullopt}).ok();
}

}  // namespace sakip::bench
