// Built where there is no libpq.
#include "tests/bench/postgres_peer.h"

namespace sakip::bench {

std::unique_ptr<PostgresPeer> PostgresPeer::Connect(const std::string&, size_t, size_t, size_t) {
  return nullptr;
}

}  // namespace sakip::bench
