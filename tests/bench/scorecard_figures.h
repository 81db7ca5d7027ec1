// The figures of a scorecard, to compare with those of a peer.
#ifndef SAKIP_TESTS_BENCH_SCORECARD_FIGURES_H_
#define SAKIP_TESTS_BENCH_SCORECARD_FIGURES_H_

#include "sakip/scoring/v1/scorecard.pb.h"
#include "tests/bench/figures_peer.h"

namespace sakip::bench {

// Those that FiguresPeer computes and that have a number.
Figures FiguresOf(const scoring::v1::Scorecard& card);

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_SCORECARD_FIGURES_H_
