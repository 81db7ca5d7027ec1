#include "services/scoring/rpc/step_to_proto.h"

#include "services/scoring/rpc/enums_to_proto.h"

namespace sakip::scoring {

void Write(const Step& step, v1::DerivationStep& message) {
  message.set_kind(ToProto(step.kind));
  message.set_subject(step.subject);
  message.set_expression(step.words.empty() ? step.expression
                                            : TextOf(step.words, Language::kEnglish));
  message.set_result(step.result);
  message.set_unit(step.unit);
  message.set_source(step.source);
  message.set_log_position(step.log_position);
  message.set_note(TextOf(step.note, Language::kEnglish));
}

v1::DerivationStep ToProto(const Step& step) {
  v1::DerivationStep message;
  Write(step, message);
  return message;
}

}  // namespace sakip::scoring
