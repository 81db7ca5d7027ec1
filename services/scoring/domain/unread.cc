#include "services/scoring/domain/unread.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/own_policy.h"

namespace sakip::scoring {
namespace {

// A plan in force at the end of the quarter, or at the end of the year: that one sets the targets.
bool PlanMatters(const UnreadEvent& event, const YearSubmissions& submissions, Period period) {
  return event.log_position <
         std::max(submissions.PlanRecords(period.quarter), submissions.PlanRecords(kQuarters));
}

bool PolicyMatters(const UnreadEvent& event, const PlanHistory& history,
                   const YearSubmissions& submissions, Period period) {
  const uint64_t records = submissions.PlanRecords(period.quarter);
  if (event.log_position >= records) return false;
  const RegionPolicy* in_force = PolicyInForce(history.policies, period.year, records);
  if (in_force == nullptr) return true;
  // All of them cover the agency, so the longest code is the nearest region.
  if (in_force->region.size() != event.region.size()) {
    return in_force->region.size() < event.region.size();
  }
  return in_force->log_position < event.log_position;
}

bool Matters(const UnreadEvent& event, const PlanHistory& history,
             const YearSubmissions& submissions, Period period) {
  switch (event.kind) {
    case UnreadEvent::Kind::kPlan:
      return PlanMatters(event, submissions, period);
    case UnreadEvent::Kind::kPolicy:
      return PolicyMatters(event, history, submissions, period);
    case UnreadEvent::Kind::kRealization:
      return event.quarter.value_or(period.quarter) <= period.quarter;
  }
  return true;
}

}  // namespace

std::vector<const UnreadEvent*> UnreadThatMatter(const PlanHistory& history,
                                                 const YearSubmissions& submissions,
                                                 Period period) {
  std::vector<const UnreadEvent*> events;
  for (const UnreadEvent& event : submissions.unread) {
    if (Matters(event, history, submissions, period)) events.push_back(&event);
  }
  return events;
}

void NoteUnread(const std::vector<const UnreadEvent*>& events, Findings& findings) {
  for (const UnreadEvent* unread : events) {
    findings.Add(FindingCode::kEventNotRead, unread->event,
                 {{absl::StrCat("position ", unread->log_position), unread->event}}, unread->why);
  }
}

}  // namespace sakip::scoring
