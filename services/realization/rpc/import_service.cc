#include "services/realization/rpc/import_service.h"

#include <memory>

#include "common/rpc/client_stream.h"
#include "services/realization/rpc/import_call.h"

namespace sakip::realization {

grpc::ServerReadReactor<grpc::ByteBuffer>* ImportService::ImportSubmissions(
    grpc::CallbackServerContext* context, grpc::ByteBuffer* out) {
  return rpc::ReadStream<ImportCall::Stream>(
      gate_, streams_, context, out, [this](ImportCall::Stream& stream) {
        return std::make_unique<ImportCall>(stream, context_);
      });
}

}  // namespace sakip::realization
