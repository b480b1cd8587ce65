#include "node/office/bundle_command.h"

#include <fmt/format.h>

#include <optional>

#include "node/cli/call.h"
#include "node/office/bundle_traffic.h"
#include "node/office/control_client.h"
#include "node/office/office_data.h"
#include "node/web/bundle_file.h"
#include "node/web/bundle_steps.h"

namespace fieldnode::office {
namespace {

/// The desk of a node that does not run, opened once for a whole bundle.
class DeskAtRest {
 public:
  [[nodiscard]] static Result<std::unique_ptr<DeskAtRest>> open(DataDir const& dir) {
    std::unique_ptr<DeskAtRest> rest(new DeskAtRest);
    auto data = OfficeData::open(dir, rest->clock_, rest->random_);
    if (!data) return data.error();
    rest->data_ = *std::move(data);
    auto& office = *rest->data_;
    rest->desk_.emplace(BundleDesk::World{.store = office.store,
                                          .writer = office.writer,
                                          .readers = *office.readers,
                                          .time = office.time,
                                          .identity = office.node,
                                          .suite = *office.suite,
                                          .random = office.random,
                                          .clock = office.clock,
                                          .blobs = office.blobs,
                                          .on_taken = [] {},
                                          .on_file = {}});
    return rest;
  }
  [[nodiscard]] BundleDesk& desk() { return *desk_; }

 private:
  DeskAtRest() = default;

  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<OfficeData> data_;
  std::optional<BundleDesk> desk_;
};

/// Whoever owns the node's data at this moment: the node that runs, else this command.
struct Owner {
  std::unique_ptr<DeskAtRest> at_rest;
  BundleAsk ask;
};

Result<Owner> owner_of(DataDir const& dir) {
  Owner owner;
  owner.ask = [dir](std::string_view step, boost::json::object const& arguments) {
    return ask_node(dir, fmt::format("/control/bundle/{}", step), arguments);
  };
  auto const running = owner.ask("who", {});
  if (running) return owner;
  if (running.error().code != "not_running") return running.error();
  auto rest = DeskAtRest::open(dir);
  if (!rest) return rest.error();
  owner.at_rest = *std::move(rest);
  owner.ask = [desk = &owner.at_rest->desk()](std::string_view step, boost::json::object const& arguments) {
    return desk->run(step, arguments);
  };
  return owner;
}

Result<void> export_bundle(cli::Call const& call) {
  DataDir const dir{call.text("--dir")};
  auto const owner = owner_of(dir);
  if (!owner) return owner.error();
  auto const keys = load_node_key(dir);
  if (!keys) return keys.error();
  auto const suite = crypto::ed25519_suite();
  SystemRandom random;
  BundleKit const kit{owner->ask, *keys, *suite, random};
  std::unique_ptr<web::BundleFile> file;
  auto const place = [&](wire::BundleHeader const& header) -> Result<engine::BundleSink*> {
    auto made = web::BundleFile::create(call.text("-o"), web::bundle_name(header));
    if (!made) return made.error();
    file = *std::move(made);
    return file.get();
  };
  BundleSize const size{.reply = static_cast<std::uint32_t>(call.number("--reply-bytes")),
                        .attachments = call.number("--attachments-mib") * web::kAttachmentsMib};
  auto const made = make_bundle(kit, size, place);
  if (!made) return made.error();
  if (auto const named = file->finish(); !named) return named.error();
  if (auto const noted = bundle_finished(kit, *made); !noted) return noted.error();
  call.answer(
      {{"file", file->path().native()},
       {"number", made->header.number},
       {"acts", made->acts},
       {"attachments", web::files_view(made->files)},
       {"bytes", made->bytes}},
      fmt::format("{}: bundle {}, {} acts, {} bytes; they are on their way until the centre's bundle is back\n{}",
                  file->path().native(), made->header.number, made->acts, made->bytes, web::files_text(made->files)));
  return {};
}

Result<void> import_bundle(cli::Call const& call) {
  DataDir const dir{call.text("--dir")};
  auto const file = web::BundleFileSource::open(call.text("FILE"));
  if (!file) return file.error();
  auto const owner = owner_of(dir);
  if (!owner) return owner.error();
  auto const keys = load_node_key(dir);
  if (!keys) return keys.error();
  auto const suite = crypto::ed25519_suite();
  SystemRandom random;
  auto const taken = take_bundle({owner->ask, *keys, *suite, random}, **file);
  if (!taken) return taken.error();
  call.answer({{"number", taken->header.number},
               {"answers", taken->header.answers},
               {"entries", taken->entries},
               {"attachments", web::files_view(taken->files)},
               {"repeated", taken->times > 1}},
              fmt::format("bundle {} of the centre: {} new entries{}\n{}", taken->header.number, taken->entries,
                          taken->times > 1 ? ", taken in before" : "", web::files_text(taken->files)));
  return {};
}

}  // namespace

cli::Command bundle_command() {
  auto const dir = cli::data_directory("the node's data directory");
  return {
      .name = "bundle",
      .summary = "the exchange on a stick: export, import",
      .commands = {
          {.name = "export",
           .summary = "what the centre does not hold yet, for a stick",
           .options = {dir,
                       {.name = "-o", .value = "FILE", .text = "the file, or the stick's directory", .required = true},
                       {.name = "--reply-bytes",
                        .value = "BYTES",
                        .text = "how large the centre's answer may become",
                        .preset = "67108864",
                        .number = cli::NumberRange{.least = 1024, .most = 0xffff'ffff}},
                       {.name = "--attachments-mib",
                        .value = "MIB",
                        .text = "so much of the attachments goes along, the most urgent first; a file that does not "
                                "fit goes on in the next bundle",
                        .preset = std::string(web::kAttachmentsMibPreset),
                        .number = cli::NumberRange{.least = 0, .most = web::kAttachmentsMibMost}}},
           .run = export_bundle},
          {.name = "import",
           .summary = "what the centre answered",
           .options = {dir, {.name = "FILE", .value = "FILE", .text = "the centre's bundle", .required = true}},
           .run = import_bundle}}};
}

}  // namespace fieldnode::office
