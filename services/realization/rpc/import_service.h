// ImportService serves sakip.realization.v1.ImportService over an event log.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_IMPORT_SERVICE_H_
#define SAKIP_SERVICES_REALIZATION_RPC_IMPORT_SERVICE_H_

#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/stream_set.h"
#include "sakip/realization/v1/import_service.grpc.pb.h"
#include "services/realization/rpc/import_item.h"

namespace sakip::realization {

// Thread-safe. Borrows the gate and what the context holds, which outlive it. Imports end when the
// gate drains.
class ImportService final
    : public rpc::RawService<v1::ImportService::Service,
                             v1::ImportService::WithRawCallbackMethod_ImportSubmissions> {
 public:
  ImportService(rpc::Gate& gate, const ImportContext& context)
      : gate_(gate), context_(context), streams_(gate) {}

  grpc::ServerReadReactor<grpc::ByteBuffer>* ImportSubmissions(grpc::CallbackServerContext* context,
                                                               grpc::ByteBuffer* out) override;

 private:
  rpc::Gate& gate_;
  const ImportContext context_;
  rpc::StreamSet streams_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_IMPORT_SERVICE_H_
