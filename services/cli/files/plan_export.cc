#include "services/cli/files/plan_export.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/message/digest.h"
#include "services/cli/csv/plan_table.h"
#include "services/cli/files/plan_folder.h"
#include "services/cli/files/server_fields.h"
#include "services/cli/yaml/yaml_writer.h"

namespace sakip::cli {
namespace {

using planning::v1::PlanDocument;

std::string WriteFile(const google::protobuf::Message& message) {
  return WriteYaml(message, &IsServerField);
}

// `annual-plan-2023-r2`: kind, years and revision.
std::string StemOf(const PlanDocument& document) {
  const auto& content = *document.GetDescriptor()->FindOneofByName("content");
  const auto* kind = document.GetReflection()->GetOneofFieldDescriptor(document, &content);
  const absl::string_view name = document.name();
  return absl::StrCat(
      kind == nullptr ? "document" : absl::StrReplaceAll(kind->name(), {{"_", "-"}}), "-",
      name.substr(name.rfind('/') + 1), "-r", document.revision());
}

void ClearList(PlanDocument& document) {
  if (document.has_annual_plan()) document.mutable_annual_plan()->clear_objectives();
  if (document.has_action_plan()) document.mutable_action_plan()->clear_lines();
}

// The table of the document; empty where it has none or its columns cannot say all of it.
std::string TableOf(const PlanDocument& document) {
  const auto kind = TableKindOf(document);
  if (!kind.has_value()) return "";
  const std::string table = WritePlanTable(document);
  PlanDocument again = document;
  ClearList(again);
  const ReadTable read = ReadPlanTable(table, *kind, NumberFormat::kPlain, again);
  return read.issues.empty() && HexDigest(again) == HexDigest(document) ? table : "";
}

void AddDocument(const PlanDocument& document, const std::string& stem, bool tables,
                 std::map<std::string, std::string>& files) {
  std::string whole = WriteFile(document);
  std::string table = tables || whole.size() > kYamlBytesMax ? TableOf(document) : "";
  if (table.empty()) {
    files[stem + ".yaml"] = std::move(whole);
    return;
  }
  PlanDocument rest = document;
  ClearList(rest);
  files[stem + ".yaml"] =
      absl::StrCat(WriteFile(rest), "table:\n  file: ", stem, ".csv\n  number_format: plain\n");
  files[stem + ".csv"] = std::move(table);
}

// The request that imports what is stored.
planning::v1::PublishPlanRequest ToRequest(const StoredPlan& plan) {
  planning::v1::PublishPlanRequest request;
  request.set_parent(plan.agency.name());
  *request.mutable_agency() = plan.agency;
  for (const PlanDocument& document : plan.documents) {
    ClearServerFields(*request.add_documents() = document);
  }
  return request;
}

}  // namespace

std::map<std::string, std::string> ExportFiles(const StoredPlan& plan, bool tables) {
  const size_t digits = std::max<size_t>(2, absl::StrCat(plan.documents.size() + 1).size());
  size_t number = 0;
  const auto numbered = [&](absl::string_view stem) {
    return absl::StrFormat("%0*d-%s", static_cast<int>(digits), ++number, stem);
  };
  std::map<std::string, std::string> files;
  files[numbered("agency") + ".yaml"] = WriteFile(plan.agency);
  for (const PlanDocument& document : plan.documents) {
    AddDocument(document, numbered(StemOf(document)), tables, files);
  }
  return files;
}

absl::Status CheckExport(const StoredPlan& plan, const std::string& folder) {
  const auto read = ReadPlanFolder({folder});
  if (!read.ok()) return absl::InternalError(read.status().message());
  if (HexDigest(ToRequest(*read)) == HexDigest(ToRequest(plan))) return absl::OkStatus();
  return absl::InternalError("what was written does not read as what is stored; nothing is kept");
}

}  // namespace sakip::cli
