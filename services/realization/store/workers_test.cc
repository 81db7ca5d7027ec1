#include "services/realization/store/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <latch>
#include <optional>

namespace sakip::realization {
namespace {

TEST(Workers, LeaveWhatATenantHasTooMuchOf) {
  std::atomic<size_t> done{0};
  std::latch let_go{1};
  std::optional<Workers> workers(1);
  std::latch busy{1};
  workers->Run("a", [&] {
    busy.count_down();
    let_go.wait();
  });
  busy.wait();
  for (size_t i = 0; i < Workers::kOfferedMax; ++i) {
    ASSERT_TRUE(workers->Offer("a", [&done] { ++done; }));
  }

  EXPECT_FALSE(workers->Offer("a", [&done] { ++done; }));
  EXPECT_TRUE(workers->Offer("b", [&done] { ++done; }));
  workers->Run("a", [&done] { ++done; });

  let_go.count_down();
  workers.reset();
  EXPECT_EQ(done, Workers::kOfferedMax + 2);
}

}  // namespace
}  // namespace sakip::realization
