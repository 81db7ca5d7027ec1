#include "common/audit/refusal_counts.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/message/timestamp.h"

namespace sakip::audit {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

bool HasRoom() { return true; }
bool HasNone() { return false; }

v1::AuditEntry Refusal(const std::string& peer, const std::string& reason = "IDENTITY_INVALID") {
  v1::AuditEntry entry;
  entry.set_event(v1::AuditEntry::EVENT_REFUSED);
  entry.set_method("/s/M");
  entry.set_peer(peer);
  entry.set_code(16);
  entry.set_reason(reason);
  entry.set_call_id("call");
  return entry;
}

v1::AuditEntry Denial(const std::string& subject, const std::string& tenant) {
  v1::AuditEntry entry = Refusal("ipv4:10.0.0.1:1000", "PERMISSION_DENIED");
  entry.set_code(static_cast<int>(absl::StatusCode::kPermissionDenied));
  entry.set_subject(subject);
  entry.set_tenant(tenant);
  return entry;
}

TEST(RefusalCounts, GivesTheFirstOfAKindAnEntryAndCountsTheRestTogether) {
  RefusalCounts counts({.window = absl::Seconds(30), .kinds_max = 10});

  EXPECT_TRUE(counts.IsAlone(Refusal("ipv4:10.0.0.1:1000"), kStart));
  EXPECT_FALSE(counts.IsAlone(Refusal("ipv4:10.0.0.1:1001"), kStart + absl::Seconds(1)));
  EXPECT_FALSE(counts.IsAlone(Refusal("ipv4:10.0.0.1:1002"), kStart + absl::Seconds(2)));
  EXPECT_TRUE(counts.IsAlone(Refusal("ipv4:10.0.0.2:1000"), kStart));

  EXPECT_TRUE(counts.TakeDue(kStart + absl::Seconds(29), HasRoom).empty());
  const auto due = counts.TakeDue(kStart + absl::Seconds(30), HasRoom);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].peer(), "ipv4:10.0.0.1");
  EXPECT_EQ(due[0].call_id(), "");
  EXPECT_EQ(due[0].repeats().count(), 2u);
  EXPECT_EQ(FromTimestamp(due[0].repeats().first_time()), kStart + absl::Seconds(1));
  EXPECT_EQ(FromTimestamp(due[0].repeats().last_time()), kStart + absl::Seconds(2));
  EXPECT_TRUE(counts.empty());
  EXPECT_TRUE(counts.IsAlone(Refusal("ipv4:10.0.0.1:1000"), kStart + absl::Seconds(31)));
}

TEST(RefusalCounts, TellsCallersThroughAProxyApart) {
  RefusalCounts counts({.window = absl::Seconds(30), .kinds_max = 10});

  for (const std::string peer : {"ipv4:10.0.0.1", "ipv4:10.0.0.2", "ipv6:%5B2001:db8::9%5D",
                                 "ipv6:%5B2001:db8::a%5D", "ipv6:%5B2001:db8::b%5D:1000"}) {
    EXPECT_TRUE(counts.IsAlone(Refusal(peer), kStart)) << peer;
    EXPECT_FALSE(counts.IsAlone(Refusal(peer), kStart)) << peer;
  }
  EXPECT_FALSE(counts.IsAlone(Refusal("ipv6:%5B2001:db8::b%5D:1001"), kStart));
}

TEST(RefusalCounts, CountsByReasonAloneWhatItCannotTellApart) {
  RefusalCounts counts({.window = absl::Seconds(30), .kinds_max = 2});
  counts.IsAlone(Refusal("ipv4:10.0.0.1:1"), kStart);
  counts.IsAlone(Refusal("ipv4:10.0.0.2:1"), kStart);

  for (int host = 3; host < 100; ++host) {
    EXPECT_FALSE(counts.IsAlone(Refusal(absl::StrCat("ipv4:10.0.0.", host, ":1")), kStart));
  }

  const auto due = counts.TakeDue(kStart + absl::Seconds(30), HasRoom);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].peer(), "");
  EXPECT_EQ(due[0].method(), "");
  EXPECT_EQ(due[0].reason(), "IDENTITY_INVALID");
  EXPECT_EQ(due[0].repeats().count(), 97u);
}

TEST(RefusalCounts, CountsOnWhileThereIsNoRoom) {
  RefusalCounts counts({.window = absl::Seconds(30), .kinds_max = 2});
  counts.Count(Refusal("ipv4:10.0.0.1:1"), kStart);

  EXPECT_TRUE(counts.TakeDue(kStart + absl::Seconds(60), HasNone).empty());
  counts.Count(Refusal("ipv4:10.0.0.1:1"), kStart + absl::Seconds(60));

  EXPECT_EQ(counts.count(), 2u);
  const auto due = counts.TakeDue(kStart + absl::Seconds(60), HasRoom);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].repeats().count(), 2u);
}

TEST(RefusalCounts, RecordsTheFirstDenialsOfASubjectAndCountsTheRestByKind) {
  RefusalCounts counts({.denials_alone_max = 2});

  EXPECT_TRUE(counts.IsAlone(Denial("curious", "regions/11"), kStart));
  EXPECT_TRUE(counts.IsAlone(Denial("curious", "regions/12"), kStart));
  EXPECT_FALSE(counts.IsAlone(Denial("curious", "regions/13"), kStart));
  EXPECT_FALSE(counts.IsAlone(Denial("curious", "regions/13"), kStart + absl::Seconds(1)));
  EXPECT_TRUE(counts.IsAlone(Denial("another", "regions/13"), kStart));

  const auto due = counts.TakeDue(kStart + absl::Seconds(30), HasRoom);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].subject(), "curious");
  EXPECT_EQ(due[0].tenant(), "regions/13");
  EXPECT_EQ(due[0].repeats().count(), 2u);
  EXPECT_TRUE(counts.empty());
  EXPECT_TRUE(counts.IsAlone(Denial("curious", "regions/13"), kStart + absl::Seconds(31)));
}

TEST(RefusalCounts, RecordsTheFirstDenialsOfASubjectAgainInItsNextWindow) {
  RefusalCounts counts({.denials_alone_max = 1});

  EXPECT_TRUE(counts.IsAlone(Denial("curious", "regions/11"), kStart));
  EXPECT_FALSE(counts.IsAlone(Denial("curious", "regions/11"), kStart + absl::Seconds(29)));
  EXPECT_TRUE(counts.IsAlone(Denial("curious", "regions/11"), kStart + absl::Seconds(30)));
}

// One who asks about all there is takes no places from others.
TEST(RefusalCounts, CountsTogetherWhatIsTooMuchOfOneSubject) {
  RefusalCounts counts({.kinds_max = 10, .kinds_of_subject_max = 3, .denials_alone_max = 0});

  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(counts.IsAlone(Denial("curious", absl::StrCat("regions/", i)), kStart));
  }
  EXPECT_FALSE(counts.IsAlone(Denial("another", "regions/11"), kStart));

  EXPECT_EQ(counts.count(), 1001u);
  uint64_t together = 0;
  const auto due = counts.TakeDue(kStart + absl::Seconds(30), HasRoom);
  for (const v1::AuditEntry& entry : due) {
    if (entry.subject() == "curious" && entry.tenant().empty()) together = entry.repeats().count();
    if (entry.subject() == "another") {
      EXPECT_EQ(entry.tenant(), "regions/11");
    }
  }
  EXPECT_EQ(due.size(), 3u + 1u + 1u);
  EXPECT_EQ(together, 997u);
  EXPECT_TRUE(counts.empty());
}

TEST(RefusalCounts, CountsByReasonAloneTheSubjectsThatItCannotTellApart) {
  RefusalCounts counts({.subjects_max = 2});

  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(counts.IsAlone(Denial(absl::StrCat("s", i), "regions/11"), kStart), i < 2);
  }

  const auto due = counts.TakeDue(kStart + absl::Seconds(30), HasRoom);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].subject(), "");
  EXPECT_EQ(due[0].reason(), "PERMISSION_DENIED");
  EXPECT_EQ(due[0].repeats().count(), 98u);
  EXPECT_TRUE(counts.empty());
}

}  // namespace
}  // namespace sakip::audit
