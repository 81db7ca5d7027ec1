// EqualsProto compares protobuf messages and shows where they differ.
//
// Not for messages with map fields: under ThreadSanitizer protobuf's headers lay those out
// otherwise than Debian's library does, and reflection on them crashes.
#ifndef SAKIP_COMMON_TESTING_PROTO_MATCHERS_H_
#define SAKIP_COMMON_TESTING_PROTO_MATCHERS_H_

#include <gmock/gmock.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <memory>
#include <ostream>
#include <string>
#include <utility>

namespace sakip::testing {

// Matches a message of the same type and content. Made by EqualsProto.
class ProtoMatcher {
 public:
  using is_gtest_matcher = void;

  // `text` is text format where `expected` is null.
  ProtoMatcher(std::shared_ptr<const google::protobuf::Message> expected, std::string text)
      : expected_(std::move(expected)), text_(std::move(text)) {}

  bool MatchAndExplain(const google::protobuf::Message& actual, std::ostream* out) const {
    std::unique_ptr<google::protobuf::Message> expected(actual.New());
    if (expected_ == nullptr) {
      if (!google::protobuf::TextFormat::ParseFromString(text_, expected.get())) {
        if (out != nullptr) *out << "but the expectation is no " << actual.GetTypeName();
        return false;
      }
    } else if (expected_->GetDescriptor() != actual.GetDescriptor()) {
      if (out != nullptr) *out << "which is a " << actual.GetTypeName();
      return false;
    } else {
      expected->CopyFrom(*expected_);
    }
    std::string differences;
    google::protobuf::util::MessageDifferencer differencer;
    differencer.ReportDifferencesToString(&differences);
    if (differencer.Compare(*expected, actual)) return true;
    if (out != nullptr) *out << "where, from expected to actual:\n" << differences;
    return false;
  }

  void DescribeTo(std::ostream* out) const { *out << "equals\n" << Text(); }
  void DescribeNegationTo(std::ostream* out) const { *out << "does not equal\n" << Text(); }

 private:
  std::string Text() const { return expected_ == nullptr ? text_ : expected_->DebugString(); }

  std::shared_ptr<const google::protobuf::Message> expected_;
  std::string text_;
};

inline ProtoMatcher EqualsProto(const google::protobuf::Message& expected) {
  std::shared_ptr<google::protobuf::Message> copy(expected.New());
  copy->CopyFrom(expected);
  return ProtoMatcher(std::move(copy), "");
}

// `text` is text format of the type that is compared with.
inline ProtoMatcher EqualsProto(std::string text) { return ProtoMatcher(nullptr, std::move(text)); }

}  // namespace sakip::testing

#endif  // SAKIP_COMMON_TESTING_PROTO_MATCHERS_H_
