#include "services/cli/files/input_file.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"
#include "services/cli/files/file_bytes.h"
#include "services/cli/files/server_fields.h"
#include "services/cli/files/table_file.h"

namespace sakip::cli {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

// A kind of file: how people call it, and the message that it is.
struct FileKind {
  absl::string_view name;
  absl::string_view command;  // That takes such files.
  const Descriptor* type;
};

std::vector<FileKind> AllKinds() {
  return {{"a plan", "plan publish", planning::v1::PlanDocument::descriptor()},
          {"a submission", "submit", realization::v1::Submission::descriptor()},
          {"an agency", "agency register", planning::v1::Agency::descriptor()},
          {"a code edition", "edition publish", planning::v1::CodeEdition::descriptor()},
          {"a list of reference values", "reference publish",
           planning::v1::PublishReferenceValuesRequest::descriptor()},
          {"a printed report", "report review", scoring::v1::ReviewReportRequest::descriptor()},
          {"a scoring policy", "policy publish",
           planning::v1::PublishScoringPolicyRequest::descriptor()},
          {"a simulation", "simulate", scoring::v1::SimulateScorecardRequest::descriptor()}};
}

// Keys that tell what `type` is; nearly everything has a name.
std::vector<absl::string_view> TellingKeys(const Descriptor& type) {
  std::vector<absl::string_view> keys;
  for (int i = 0; i < type.field_count(); ++i) {
    const std::string& name = type.field(i)->name();
    if (name != "name" && !IsServerField(name)) keys.push_back(name);
  }
  return keys;
}

// How many keys of `root` tell that it is of `type`.
int CountTellingKeys(const YamlNode& root, const Descriptor& type) {
  const std::vector<absl::string_view> keys = TellingKeys(type);
  return static_cast<int>(
      std::count_if(root.entries.begin(), root.entries.end(), [&](const YamlEntry& entry) {
        return std::find(keys.begin(), keys.end(), entry.key) != keys.end();
      }));
}

// A file of another kind than was asked for.
struct WrongKind {
  FileIssue issue;
  const Descriptor* type = nullptr;  // What it is; nullptr where that is not known.
};

// What is wrong where more keys of the file are of another kind than of `type`; nullopt where it is
// of this one.
std::optional<WrongKind> CheckKind(const YamlNode& root, const Descriptor& type) {
  FileKind wanted;
  std::vector<FileKind> best;  // The kinds that most keys are of.
  int most = 0;
  for (const FileKind& kind : AllKinds()) {
    if (kind.type == &type) wanted = kind;
    const int count = CountTellingKeys(root, *kind.type);
    if (count > most) best.clear();
    if (count >= most) best.push_back(kind);
    most = std::max(most, count);
  }
  const int count = CountTellingKeys(root, type);
  if (count > 0 && (count == most || best.size() > 1)) return std::nullopt;
  if (most > 0 && best.size() == 1) {
    return WrongKind{{root.position, "",
                      absl::StrCat("is ", best[0].name, " and not ", wanted.name, "; `sakipctl ",
                                   best[0].command, "` takes it")},
                     best[0].type};
  }
  return WrongKind{{root.position, "",
                    absl::StrCat("is not ", wanted.name, ": it has none of the keys ",
                                 absl::StrJoin(TellingKeys(type), ", "))}};
}

// Takes the keys that only the server sets out of `root`; an issue for each.
std::vector<FileIssue> TakeServerFields(YamlNode& root, const Descriptor& type) {
  std::vector<FileIssue> issues;
  std::vector<YamlEntry> kept;
  for (YamlEntry& entry : root.entries) {
    if (IsServerField(entry.key) && type.FindFieldByName(entry.key) != nullptr) {
      issues.push_back({entry.key_position, entry.key, "is set by the server; leave it out"});
    } else {
      kept.push_back(std::move(entry));
    }
  }
  root.entries = std::move(kept);
  return issues;
}

// What a file of a plan says besides its message.
struct PlanExtras {
  std::optional<TableReference> table;
  const Descriptor* other_kind = nullptr;  // As in InputFile.
};

// `extras` is nullptr for kinds of files that have none.
absl::Status ParseInto(absl::string_view path, absl::string_view bytes,
                       google::protobuf::Message& message, FieldPositions& positions,
                       PlanExtras* extras = nullptr) {
  ParsedYaml parsed = ParseYaml(bytes);
  RETURN_IF_ERROR(IssuesStatus(path, parsed.issues));
  YamlNode& root = parsed.root;
  const Descriptor& type = *message.GetDescriptor();
  if (root.kind == YamlNode::Kind::kMap) {
    if (const auto wrong = CheckKind(root, type)) {
      if (extras != nullptr) extras->other_kind = wrong->type;
      return IssuesStatus(path, {wrong->issue});
    }
  }
  std::vector<FileIssue> issues = TakeServerFields(root, type);
  if (extras != nullptr) extras->table = TakeTableReference(root, issues);
  for (FileIssue& issue : ReadMessage(root, message, positions)) issues.push_back(std::move(issue));
  std::stable_sort(issues.begin(), issues.end(), [](const FileIssue& a, const FileIssue& b) {
    return std::pair(a.position.line, a.position.column) <
           std::pair(b.position.line, b.position.column);
  });
  return IssuesStatus(path, issues);
}

absl::Status ReadInto(absl::string_view path, google::protobuf::Message& message,
                      FieldPositions& positions) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFileBytes(path));
  return ParseInto(path, bytes, message, positions);
}

// The documents of `bytes` that hold anything. Each stands behind as many empty lines as there are
// before it in the file, so that faults are told at their place.
std::vector<std::string> SplitDocuments(absl::string_view bytes) {
  std::vector<std::string> documents;
  std::string document;
  bool holds_anything = false;
  size_t line_number = 0;
  const auto end_document = [&] {
    if (holds_anything) documents.push_back(document);
    document = std::string(line_number, '\n');
    holds_anything = false;
  };
  for (const absl::string_view line : absl::StrSplit(bytes, '\n')) {
    ++line_number;
    const absl::string_view text = absl::StripAsciiWhitespace(line);
    if (absl::StartsWith(line, "---") && text == "---") {
      end_document();
      continue;
    }
    absl::StrAppend(&document, line, "\n");
    holds_anything = holds_anything || (!text.empty() && text[0] != '#');
  }
  end_document();
  return documents;
}

// One status with the lines of all.
absl::Status JoinFaults(const std::vector<absl::Status>& faults) {
  std::vector<absl::string_view> lines;
  for (const absl::Status& fault : faults) {
    if (!fault.ok()) lines.push_back(fault.message());
  }
  if (lines.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(lines, "\n"));
}

// Moves `revision` from the message, where only the server sets it, to the file.
template <typename Message>
absl::Status TakeRevision(InputFile<Message>& file) {
  const auto position = file.positions.Find("revision");
  if (!position.has_value()) return absl::OkStatus();
  if (file.message.revision() == 0) {
    return IssuesStatus(file.path, {{*position, "revision", "is 0; the first revision is 1"}});
  }
  file.revision = file.message.revision();
  file.message.clear_revision();
  return absl::OkStatus();
}

// A file that is a request, but for what the command line says.
template <typename Request>
absl::StatusOr<InputFile<Request>> ReadRequestFile(
    absl::string_view path, std::initializer_list<const char*> said_elsewhere) {
  InputFile<Request> file{.path = std::string(path), .is_request = true};
  RETURN_IF_ERROR(ReadInto(path, file.message, file.positions));
  for (const char* key : said_elsewhere) {
    const auto position = file.positions.Find(key);
    if (!position.has_value()) continue;
    return IssuesStatus(file.path, {{*position, key, "is said on the command line; leave it out"}});
  }
  return file;
}

}  // namespace

absl::Status ReadPlanFile(InputFile<planning::v1::PlanDocument>& file) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFileBytes(file.path));
  PlanExtras extras;
  std::vector<absl::Status> faults = {
      ParseInto(file.path, bytes, file.message, file.positions, &extras), TakeRevision(file)};
  file.other_kind = extras.other_kind;
  if (extras.table.has_value()) {
    faults.push_back(ReadTableFile(file.path, *extras.table, file.message, file.table));
  }
  return JoinFaults(faults);
}

absl::StatusOr<InputFile<planning::v1::PlanDocument>> ReadPlanFile(absl::string_view path) {
  InputFile<planning::v1::PlanDocument> file{.path = std::string(path)};
  RETURN_IF_ERROR(ReadPlanFile(file));
  return file;
}

absl::StatusOr<InputFile<realization::v1::Submission>> ReadSubmissionFile(absl::string_view path) {
  InputFile<realization::v1::Submission> file{.path = std::string(path)};
  RETURN_IF_ERROR(ReadInto(path, file.message, file.positions));
  RETURN_IF_ERROR(TakeRevision(file));
  return file;
}

absl::StatusOr<std::vector<InputFile<realization::v1::Submission>>> ReadSubmissionDocuments(
    absl::string_view path) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFileBytes(path));
  std::vector<InputFile<realization::v1::Submission>> files;
  if (bytes.size() > kYamlBytesMax) return ReadSubmissionFile(path).status();
  for (const std::string& document : SplitDocuments(bytes)) {
    InputFile<realization::v1::Submission> file{.path = std::string(path)};
    RETURN_IF_ERROR(ParseInto(path, document, file.message, file.positions));
    RETURN_IF_ERROR(TakeRevision(file));
    files.push_back(std::move(file));
  }
  return files;
}

absl::StatusOr<InputFile<planning::v1::CodeEdition>> ReadCodeEditionFile(absl::string_view path) {
  InputFile<planning::v1::CodeEdition> file{.path = std::string(path)};
  RETURN_IF_ERROR(ReadInto(path, file.message, file.positions));
  return file;
}

absl::StatusOr<InputFile<planning::v1::PublishReferenceValuesRequest>> ReadReferenceValuesFile(
    absl::string_view path) {
  return ReadRequestFile<planning::v1::PublishReferenceValuesRequest>(path,
                                                                      {"request_id", "dry_run"});
}

absl::StatusOr<InputFile<planning::v1::PublishScoringPolicyRequest>> ReadScoringPolicyFile(
    absl::string_view path) {
  return ReadRequestFile<planning::v1::PublishScoringPolicyRequest>(path, {"request_id"});
}

absl::StatusOr<InputFile<scoring::v1::ReviewReportRequest>> ReadReportFile(absl::string_view path) {
  return ReadRequestFile<scoring::v1::ReviewReportRequest>(path, {"at_least"});
}

absl::StatusOr<InputFile<scoring::v1::SimulateScorecardRequest>> ReadSimulationFile(
    absl::string_view path) {
  return ReadRequestFile<scoring::v1::SimulateScorecardRequest>(
      path, {"name", "at_least", "basis", "as_of"});
}

absl::Status ReadAgencyFile(InputFile<planning::v1::Agency>& file) {
  RETURN_IF_ERROR(ReadInto(file.path, file.message, file.positions));
  return TakeRevision(file);
}

absl::StatusOr<InputFile<planning::v1::Agency>> ReadAgencyFile(absl::string_view path) {
  InputFile<planning::v1::Agency> file{.path = std::string(path)};
  RETURN_IF_ERROR(ReadAgencyFile(file));
  return file;
}

}  // namespace sakip::cli
