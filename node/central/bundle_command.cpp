#include "node/central/bundle_command.h"

#include <fmt/format.h>

#include <optional>

#include "node/central/bundle_traffic.h"
#include "node/central/clock_option.h"
#include "node/central/command_desk.h"
#include "node/cli/call.h"
#include "node/cli/running_program.h"
#include "node/web/bundle_file.h"
#include "node/web/bundle_steps.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

/// A city that no service runs on, opened once for a whole bundle.
class CityAtRest {
 public:
  [[nodiscard]] static Result<std::unique_ptr<CityAtRest>> open(CityPaths const& paths, bool watched) {
    std::unique_ptr<CityAtRest> rest(new CityAtRest);
    auto centre = Centre::open(paths, rest->clock_, rest->random_, watched ? nullptr : &rest->time_service_);
    if (!centre) return centre.error();
    rest->centre_ = *std::move(centre);
    rest->desk_.emplace(*rest->centre_);
    return rest;
  }
  [[nodiscard]] BundleDesk& desk() { return desk_->bundles(); }

 private:
  CityAtRest() = default;

  SystemClock clock_;
  KernelClockHealth time_service_;
  SystemRandom random_;
  std::unique_ptr<Centre> centre_;
  std::optional<CommandDesk> desk_;
};

/// Whoever owns the city's data at this moment: the service that runs, else this command.
struct Owner {
  std::unique_ptr<CityAtRest> at_rest;
  BundleAsk ask;
};

Result<Owner> owner_of(CityPaths const& paths, bool watched) {
  Owner owner;
  auto const service = std::make_shared<cli::RunningProgram>(paths.control_socket(), std::chrono::hours(1));
  owner.ask = [service](std::string_view step, json::object const& arguments) {
    return service->post(fmt::format("/control/bundle/{}", step), arguments);
  };
  auto const nobody = owner.ask("sender", {{"unit", "0"}, {"node", "0"}});
  if (nobody || nobody.error().code != "not_running") return owner;
  auto rest = CityAtRest::open(paths, watched);
  if (!rest) return rest.error();
  owner.at_rest = *std::move(rest);
  owner.ask = [desk = &owner.at_rest->desk()](std::string_view step, json::object const& arguments) {
    return desk->run(step, arguments);
  };
  return owner;
}

/// What both commands work with.
struct Work {
  Owner owner;
  std::unique_ptr<crypto::SignatureSuite> suite = crypto::ed25519_suite();
  SystemRandom random;
  crypto::KeyPair keys;

  [[nodiscard]] BundleKit kit() { return {owner.ask, keys, *suite, random}; }
};

Result<std::unique_ptr<Work>> work_on(cli::Call const& call) {
  CityPaths const paths(call.text("--dir"));
  auto const watched = is_watched(call);
  if (!watched) return watched.error();
  auto owner = owner_of(paths, *watched);
  if (!owner) return owner.error();
  auto const keys = read_key_file(paths.city_key());
  if (!keys) return keys.error();
  auto work = std::make_unique<Work>();
  work->owner = *std::move(owner);
  work->keys = *keys;
  return work;
}

std::uint64_t attachment_bytes(cli::Call const& call) {
  return call.number("--attachments-mib") * web::kAttachmentsMib;
}

struct Written {
  BundleMade made;
  std::string path;
};

Result<Written> write_bundle(BundleKit const& kit, BundleStart const& start, std::string const& to) {
  std::unique_ptr<web::BundleFile> file;
  auto const place = [&](wire::BundleHeader const& header) -> Result<engine::BundleSink*> {
    auto made = web::BundleFile::create(to, web::bundle_name(header));
    if (!made) return made.error();
    file = *std::move(made);
    return file.get();
  };
  auto made = make_bundle(kit, start, place);
  if (!made) return made.error();
  if (auto const named = file->finish(); !named) return named.error();
  if (auto const noted = bundle_finished(kit, *made); !noted) return noted.error();
  return Written{*std::move(made), file->path().native()};
}

json::object written_view(Written const& written) {
  return {{"file", written.path},
          {"number", written.made.header.number},
          {"feed_seq", written.made.upto.at("feed_seq")},
          {"more", written.made.more},
          {"attachments", web::files_view(written.made.files)},
          {"bytes", written.made.bytes}};
}

std::string written_text(Written const& written) {
  return fmt::format("{}: bundle {}, the feed up to entry {}{}, {} bytes\n{}", written.path, written.made.header.number,
                     web::count_at(written.made.upto, "feed_seq"), written.made.more ? " (more follows)" : "",
                     written.made.bytes, web::files_text(written.made.files));
}

Result<void> export_bundle(cli::Call const& call) {
  auto const work = work_on(call);
  if (!work) return work.error();
  auto const kit = (*work)->kit();
  auto const party = kit.ask("whose", {{"unit", call.text("--unit")}});
  if (!party) return party.error();
  BundleStart start{.party = *party,
                    .place = *party,
                    .nonce = {},
                    .answers = 0,
                    .most_bytes = call.number("--bytes"),
                    .attachment_bytes = attachment_bytes(call)};
  if (call.has("--whole")) start.place = {{"feed_epoch", "0"}, {"feed_seq", 0}, {"marked_seq", 0}};
  auto const written = write_bundle(kit, start, call.text("-o"));
  if (!written) return written.error();
  call.answer(written_view(*written), written_text(*written));
  return {};
}

Result<void> import_bundle(cli::Call const& call) {
  auto const file = web::BundleFileSource::open(call.text("FILE"));
  if (!file) return file.error();
  auto const work = work_on(call);
  if (!work) return work.error();
  auto const kit = (*work)->kit();
  auto taken = take_bundle(kit, **file);
  if (!taken) return taken.error();
  json::object view{{"unit", taken->answer.party.at("unit_code")},
                    {"number", taken->header.number},
                    {"admitted", taken->admitted},
                    {"ruled_against", taken->ruled_against},
                    {"attachments", web::files_view(taken->files)},
                    {"repeated", taken->times > 1},
                    {"answer", nullptr}};
  auto text =
      fmt::format("bundle {} of unit {}: {} new acts, {} ruled against{}\n{}", taken->header.number,
                  std::string_view(taken->answer.party.at("unit_code").as_string()), taken->admitted,
                  taken->ruled_against, taken->times > 1 ? ", taken in before" : "", web::files_text(taken->files));
  if (call.has("-o")) {
    taken->answer.most_bytes = std::min(taken->answer.most_bytes, call.number("--bytes"));
    taken->answer.attachment_bytes = attachment_bytes(call);
    auto const written = write_bundle(kit, taken->answer, call.text("-o"));
    if (!written) return written.error();
    view["answer"] = written_view(*written);
    text += written_text(*written);
  }
  call.answer(view, text);
  return {};
}

}  // namespace

cli::Command bundle_command() {
  auto const dir = cli::data_directory("the city's data directory");
  cli::Option const bytes{.name = "--bytes",
                          .value = "BYTES",
                          .text = "how large the file may become without attachments, about",
                          .preset = "67108864",
                          .number = cli::NumberRange{.least = 1024, .most = 0xffff'ffff}};
  cli::Option const attachments{.name = "--attachments-mib",
                                .value = "MIB",
                                .text =
                                    "so much of the attachments goes along, the most urgent first; a file that does "
                                    "not fit goes on in the next bundle",
                                .preset = std::string(web::kAttachmentsMibPreset),
                                .number = cli::NumberRange{.least = 0, .most = web::kAttachmentsMibMost}};
  return {
      .name = "bundle",
      .summary = "the exchange on a stick: export, import",
      .commands = {
          {.name = "export",
           .summary = "what a unit's node does not hold yet, unasked",
           .options = {dir,
                       {.name = "--unit", .value = "CODE", .text = "code of the unit", .required = true},
                       {.name = "-o", .value = "FILE", .text = "the file, or the stick's directory", .required = true},
                       {.name = "--whole", .text = "the whole feed from its first entry"},
                       bytes,
                       attachments,
                       clock_option()},
           .run = export_bundle},
          {.name = "import",
           .summary = "an office's bundle; with -o the answer for its stick",
           .options = {dir,
                       {.name = "FILE", .value = "FILE", .text = "the office's bundle", .required = true},
                       {.name = "-o", .value = "ANSWER", .text = "the answer's file, or the stick's directory"},
                       bytes,
                       attachments,
                       clock_option()},
           .run = import_bundle}}};
}

}  // namespace fieldnode::central
