#include "services/realization/rpc/import_service.h"

#include <memory>

#include "common/rpc/client_stream.h"
#include "services/realization/rpc/import_call.h"

namespace sakip::realization {

grpc::ServerReadReactor<v1::ImportSubmissionsRequest>* ImportService::ImportSubmissions(
    grpc::CallbackServerContext* context, v1::ImportSubmissionsResponse* response) {
  return rpc::ReadStream<v1::ImportSubmissionsRequest>(
      gate_, streams_, context, response, [this](ImportCall::Stream& stream) {
        return std::make_unique<ImportCall>(stream, context_);
      });
}

}  // namespace sakip::realization
