#include "services/cli/proof/record_value.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/eventlog/verify/log_receipt.h"
#include "common/exact/decimal.h"
#include "common/money/proto/part_from_proto.h"
#include "sakip/planning/v1/events.pb.h"
#include "sakip/realization/v1/events.pb.h"

namespace sakip::cli {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::sakip::eventlog::ProofInvalid;

// A part of a path: `indicators[IKU2]` or `target`.
struct Segment {
  std::string field;
  std::string key;  // Empty of a field that is no list.
};

// Where the ] stands that ends a key: keys of budget parts are what people call their source.
size_t EndOfKey(absl::string_view path) {
  const size_t inner = path.find("].");
  if (inner != path.npos) return inner;
  return absl::EndsWith(path, "]") ? path.size() - 1 : path.npos;
}

absl::StatusOr<std::vector<Segment>> ParsePath(absl::string_view path) {
  std::vector<Segment> segments;
  while (!path.empty()) {
    Segment segment;
    const size_t end = path.find_first_of(".[");
    segment.field = std::string(path.substr(0, end));
    path.remove_prefix(std::min(end, path.size()));
    if (absl::ConsumePrefix(&path, "[")) {
      const size_t close = EndOfKey(path);
      if (close == path.npos) return ProofInvalid("the path has a [ without ]");
      segment.key = std::string(path.substr(0, close));
      path.remove_prefix(close + 1);
    }
    absl::ConsumePrefix(&path, ".");
    if (segment.field.empty()) return ProofInvalid("the path has an empty field");
    segments.push_back(std::move(segment));
  }
  if (segments.empty()) return ProofInvalid("there is no path");
  return segments;
}

// A field that is no message, as text; empty of a kind that no value has.
std::string ScalarText(const Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.GetEnum(message, &field)->name();
    default:
      return "";
  }
}

bool IsList(const FieldDescriptor& field) {
  return field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// What tells an item from others of its list; nothing where it is no item that a path can name.
std::optional<std::string> KeyOf(const Message& item) {
  if (item.GetDescriptor() == types::v1::BudgetPart::descriptor()) {
    google::protobuf::RepeatedPtrField<types::v1::BudgetPart> one;
    one.Add()->CopyFrom(item);
    const auto part = money::FromProto(one);
    if (!part.ok()) return std::nullopt;
    return part->front().key.Text();
  }
  const FieldDescriptor* first = item.GetDescriptor()->FindFieldByNumber(1);
  if (first == nullptr || first->is_repeated()) return std::nullopt;
  return ScalarText(item, *first);
}

// The items of `list` whose key is `key`.
void AddItems(const Message& message, const FieldDescriptor& list, const std::string& key,
              std::vector<const Message*>& found) {
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < reflection.FieldSize(message, &list); ++i) {
    const Message& item = reflection.GetRepeatedMessage(message, &list, i);
    if (KeyOf(item) == key) found.push_back(&item);
  }
}

// The same of all lists of that name at or below `message`.
void AddItemsBelow(const Message& message, const Segment& segment,
                   std::vector<const Message*>& found) {
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (IsList(*field) && field->name() == segment.field) {
      AddItems(message, *field, segment.key, found);
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      AddItemsBelow(reflection.GetMessage(message, field), segment, found);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      AddItemsBelow(reflection.GetRepeatedMessage(message, field, i), segment, found);
    }
  }
}

struct Value {
  std::string text;
  std::string unit;
};

// A realization says its value in one of several ways; a measure has value and unit.
absl::StatusOr<Value> ValueOf(const Message& message) {
  if (message.GetDescriptor() == types::v1::Measure::descriptor()) {
    types::v1::Measure measure;
    measure.CopyFrom(message);
    return Value{measure.value(), measure.unit()};
  }
  if (message.GetDescriptor() != realization::v1::IndicatorRealization::descriptor()) {
    return ProofInvalid("the path does not end at a value");
  }
  realization::v1::IndicatorRealization line;
  line.CopyFrom(message);
  const std::string percent = line.unit().empty() ? "%" : line.unit();
  switch (line.value_case()) {
    case realization::v1::IndicatorRealization::kQuantity:
      return Value{line.quantity(), line.unit()};
    case realization::v1::IndicatorRealization::kRatio:
      return Value{absl::StrCat(line.ratio().numerator(), " / ", line.ratio().denominator()),
                   percent};
    case realization::v1::IndicatorRealization::kPercentage:
      return Value{line.percentage(), percent};
    case realization::v1::IndicatorRealization::kNotApplicableReason:
      return Value{line.not_applicable_reason(), ""};
    case realization::v1::IndicatorRealization::VALUE_NOT_SET:
      break;
  }
  return ProofInvalid("the line has no value");
}

absl::StatusOr<Value> FindValue(const Message& root, absl::string_view path) {
  ASSIGN_OR_RETURN(const std::vector<Segment> segments, ParsePath(path));
  const Message* at = &root;
  for (size_t i = 0; i < segments.size(); ++i) {
    const Segment& segment = segments[i];
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(segment.field);
    std::vector<const Message*> found;
    if (!segment.key.empty()) {
      if (i == 0) {
        AddItemsBelow(*at, segment, found);
      } else if (field != nullptr && IsList(*field)) {
        AddItems(*at, *field, segment.key, found);
      }
    } else if (field != nullptr && !field->is_repeated()) {
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
        if (i + 1 < segments.size()) return ProofInvalid("the path goes on below a value");
        return Value{ScalarText(*at, *field), ""};
      }
      if (at->GetReflection()->HasField(*at, field)) {
        found.push_back(&at->GetReflection()->GetMessage(*at, field));
      }
    }
    if (found.size() != 1) {
      return ProofInvalid(absl::StrCat("the event has ", found.size(), " things at ", segment.field,
                                       segment.key.empty() ? "" : "[", segment.key,
                                       segment.key.empty() ? "" : "]"));
    }
    at = found.front();
  }
  return ValueOf(*at);
}

// Numbers are equal however they are written: `90.20` is `90.2`.
bool SameNumber(absl::string_view a, absl::string_view b) {
  if (a == b) return true;
  const auto x = exact::Decimal::Parse(a), y = exact::Decimal::Parse(b);
  return x.ok() && y.ok() && *x == *y;
}

bool SameValue(absl::string_view a, absl::string_view b) {
  const std::vector<absl::string_view> parts = absl::StrSplit(a, " / ");
  const std::vector<absl::string_view> others = absl::StrSplit(b, " / ");
  if (parts.size() != 2 || others.size() != 2) return SameNumber(a, b);
  return SameNumber(parts[0], others[0]) && SameNumber(parts[1], others[1]);
}

absl::Status CheckIn(const Message& root, const scoring::v1::EventSource& source,
                     const std::string& name, uint32_t revision) {
  if (name != source.name() || revision != source.revision()) {
    return ProofInvalid(absl::StrCat("the event is of ", name, " revision ", revision));
  }
  ASSIGN_OR_RETURN(const Value value, FindValue(root, source.path()));
  if (!SameValue(value.text, source.value())) {
    return ProofInvalid(
        absl::StrCat("the event has '", value.text, "' there, not '", source.value(), "'"));
  }
  // Money has no unit in events.
  const bool has_unit = !value.unit.empty() && !source.unit().empty();
  if (has_unit && !absl::EqualsIgnoreCase(value.unit, source.unit())) {
    return ProofInvalid(absl::StrCat("the event has the unit ", value.unit, " there"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckValue(const eventlog::v1::Record& record,
                        const scoring::v1::EventSource& source) {
  if (record.type() == planning::v1::DocumentPublished::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(const auto event,
                     eventlog::ParsePayload<planning::v1::DocumentPublished>(record));
    return CheckIn(event.document(), source, event.document().name(), event.document().revision());
  }
  if (record.type() == planning::v1::ScoringPolicyPublished::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(const auto event,
                     eventlog::ParsePayload<planning::v1::ScoringPolicyPublished>(record));
    return CheckIn(event.scoring_policy(), source, event.scoring_policy().name(), 0);
  }
  if (record.type() == realization::v1::QuarterSubmitted::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(const auto event,
                     eventlog::ParsePayload<realization::v1::QuarterSubmitted>(record));
    return CheckIn(event.submission(), source, event.submission().name(),
                   event.submission().revision());
  }
  return ProofInvalid(absl::StrCat("the event is a ", record.type(), ", which has no such value"));
}

}  // namespace sakip::cli
