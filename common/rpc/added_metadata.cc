#include "common/rpc/added_metadata.h"

#include <utility>

namespace sakip::rpc {
namespace {

namespace experimental = grpc::experimental;

// Borrows the texts of its factory, which the channel keeps.
class AddedMetadata : public experimental::Interceptor {
 public:
  AddedMetadata(const std::string& key, const std::string& value) : key_(key), value_(value) {}

  void Intercept(experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            experimental::InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      methods->GetSendInitialMetadata()->emplace(key_, value_);
    }
    methods->Proceed();
  }

 private:
  const std::string& key_;
  const std::string& value_;
};

class AddedMetadataFactory : public experimental::ClientInterceptorFactoryInterface {
 public:
  AddedMetadataFactory(std::string key, std::string value)
      : key_(std::move(key)), value_(std::move(value)) {}

  experimental::Interceptor* CreateClientInterceptor(experimental::ClientRpcInfo*) override {
    return new AddedMetadata(key_, value_);  // gRPC owns it.
  }

 private:
  const std::string key_;
  const std::string value_;
};

}  // namespace

InterceptorFactory AddMetadata(std::string key, std::string value) {
  return std::make_unique<AddedMetadataFactory>(std::move(key), std::move(value));
}

}  // namespace sakip::rpc
