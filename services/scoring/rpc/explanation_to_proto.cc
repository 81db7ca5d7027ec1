#include "services/scoring/rpc/explanation_to_proto.h"

#include <string>

#include "services/scoring/domain/explain/figure_text.h"
#include "services/scoring/rpc/scorecard_to_proto.h"
#include "services/scoring/rpc/step_to_proto.h"

namespace sakip::scoring {
namespace {

// The enumerations of both sides have one order, those of messages with a first value that is never
// sent.
v1::FigureKey ToProto(const explain::FigureKey& from) {
  v1::FigureKey to;
  to.set_level(static_cast<v1::FigureKey::Level>(static_cast<int>(from.item.first) + 1));
  to.set_code(from.item.second);
  to.set_kind(static_cast<v1::FigureKey::Kind>(static_cast<int>(from.kind) + 1));
  return to;
}

static_assert(static_cast<int>(explain::FigureLevel::kIndicator) + 1 ==
              v1::FigureKey::LEVEL_INDICATOR);
static_assert(static_cast<int>(explain::FigureKind::kRatingToDate) + 1 ==
              v1::FigureKey::KIND_RATING_TO_DATE);
static_assert(static_cast<int>(explain::Log::kRealization) == v1::EventSource::LOG_REALIZATION);

void AddText(Language language, std::string text,
             google::protobuf::RepeatedPtrField<v1::Text>& texts) {
  v1::Text& to = *texts.Add();
  to.set_language(language == Language::kEnglish ? v1::LANGUAGE_ENGLISH : v1::LANGUAGE_INDONESIAN);
  to.set_text(std::move(text));
}

v1::EventSource ToProto(const explain::EventSource& from) {
  v1::EventSource to;
  to.set_log(static_cast<v1::EventSource::Log>(from.log));
  to.set_log_position(from.log_position);
  to.set_name(from.name);
  to.set_revision(from.revision);
  to.set_path(from.path);
  to.set_value(from.value);
  to.set_unit(from.unit);
  return to;
}

v1::ExplainedStep ToProto(const explain::ExplainedStep& from,
                          const std::vector<Language>& languages) {
  const v1::DerivationStep step = ToProto(from.step);
  v1::ExplainedStep to;
  to.set_kind(step.kind());
  to.set_subject(step.subject());
  to.set_expression(step.expression());
  to.set_result(step.result());
  to.set_unit(step.unit());
  for (const explain::EventSource& source : from.sources) *to.add_sources() = ToProto(source);
  to.set_note_code(std::string(NameOf(from.step.note.code)));
  for (const std::string& argument : from.step.note.arguments) to.add_note_arguments(argument);
  for (const Language language : languages) {
    AddText(language, explain::StepText(from, language), *to.mutable_texts());
  }
  return to;
}

}  // namespace

v1::Explanation ToProto(const explain::Explanation& explanation,
                        const std::vector<Language>& languages) {
  v1::Explanation to;
  *to.mutable_key() = ToProto(explanation.key);
  *to.mutable_figure() = ToProto(explanation.figure);
  to.set_rating(explanation.rating);
  to.set_left_out(explanation.left_out);
  if (explanation.left_out) {
    // The printed value names it well enough; an exact one may be long.
    to.mutable_figure()->clear_exact();
    return to;
  }
  to.set_display_name(explanation.name);
  for (const Language language : languages) {
    AddText(language, explain::TitleText(explanation, language), *to.mutable_texts());
  }
  for (const explain::ExplainedStep& step : explanation.steps) {
    *to.add_steps() = ToProto(step, languages);
  }
  for (const explain::Explanation& child : explanation.children) {
    *to.add_children() = ToProto(child, languages);
  }
  return to;
}

}  // namespace sakip::scoring
