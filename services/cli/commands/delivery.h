// Delivery sends files in the order given, stops at the first that fails, and says what was sent
// and what was not.
//
// Not thread-safe. All files are read before the first is sent: a bad file sends nothing.
#ifndef SAKIP_SERVICES_CLI_COMMANDS_DELIVERY_H_
#define SAKIP_SERVICES_CLI_COMMANDS_DELIVERY_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "services/cli/files/input_file.h"
#include "services/cli/files/request_id.h"
#include "services/cli/session/failure.h"
#include "services/cli/session/session.h"

namespace sakip::cli {

// What every command that sends files is given.
struct DeliveryArguments {
  std::vector<std::string> files;
  std::string request_id;  // Empty: ContentRequestId().
};

// How the command and its success are called.
struct DeliveryWords {
  absl::string_view command;  // `plan publish`
  absl::string_view done;     // `published`
};

// One file, ready to be sent.
struct Parcel {
  FieldPlaces places;
  std::function<absl::Status()> send;  // Prints the answer where it succeeds.
};

ExitCode SendInOrder(Session& session, const DeliveryWords& words,
                     const std::vector<Parcel>& parcels);

// `published NAME revision 2 at position 12 of planning's log, 2023-...`, with a newline.
std::string ReceiptLine(const DeliveryWords& words, absl::string_view name, uint32_t revision,
                        Peer peer, const eventlog::v1::Receipt& receipt);

// Sets the id that was given, or the one of the content.
template <typename Request>
void SetRequestId(const DeliveryArguments& arguments, Request& request) {
  request.set_request_id(arguments.request_id.empty() ? ContentRequestId(request)
                                                      : arguments.request_id);
}

// Reads all files with `read` and sends each with `send`.
template <typename Message>
ExitCode Deliver(Session& session, const DeliveryWords& words, const DeliveryArguments& arguments,
                 absl::StatusOr<InputFile<Message>> (*read)(absl::string_view),
                 const std::function<absl::Status(const InputFile<Message>&)>& send) {
  if (arguments.files.size() > 1 && !arguments.request_id.empty()) {
    return ReportUsage(session.err(), words.command,
                       "--request-id names one request; give one FILE with it");
  }
  std::vector<InputFile<Message>> files;
  std::string faults;
  for (const std::string& path : arguments.files) {
    auto file = read(path);
    if (file.ok()) {
      files.push_back(*std::move(file));
    } else {
      faults += "\n";
      faults += std::string(file.status().message());
    }
  }
  if (!faults.empty()) {
    return ReportUsage(session.err(), words.command, "bad file; nothing was sent" + faults);
  }
  std::vector<Parcel> parcels;
  for (const auto& file : files) {
    parcels.push_back({file.places(), [&send, &file] { return send(file); }});
  }
  return SendInOrder(session, words, parcels);
}

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_COMMANDS_DELIVERY_H_
