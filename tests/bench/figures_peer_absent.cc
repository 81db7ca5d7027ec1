// Built where there is no libpq.
#include "tests/bench/figures_peer.h"

namespace sakip::bench {

std::unique_ptr<FiguresPeer> FiguresPeer::Connect(const std::string&) { return nullptr; }

}  // namespace sakip::bench
