// ImportService serves sakip.realization.v1.ImportService over an event log.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_IMPORT_SERVICE_H_
#define SAKIP_SERVICES_REALIZATION_RPC_IMPORT_SERVICE_H_

#include "common/rpc/gate.h"
#include "common/rpc/stream_set.h"
#include "sakip/realization/v1/import_service.grpc.pb.h"
#include "services/realization/rpc/import_item.h"

namespace sakip::realization {

// Thread-safe. Borrows the gate and what the context holds, which outlive it. Imports end when the
// gate drains.
class ImportService final : public v1::ImportService::CallbackService {
 public:
  ImportService(rpc::Gate& gate, const ImportContext& context)
      : gate_(gate), context_(context), streams_(gate) {}

  grpc::ServerReadReactor<v1::ImportSubmissionsRequest>* ImportSubmissions(
      grpc::CallbackServerContext* context, v1::ImportSubmissionsResponse* response) override;

 private:
  rpc::Gate& gate_;
  const ImportContext context_;
  rpc::StreamSet streams_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_IMPORT_SERVICE_H_
