#include "node/blobs/blob_needs.h"
#include "node/central/blob_finder.h"
#include "sync/crypto/hash.h"
#include "sync/engine/bundle_reader.h"
#include "tests/sim/bundle_trip.h"

namespace fieldnode {
namespace {

using namespace std::chrono_literals;
using engine::MemoryBundle;

constexpr std::uint64_t kMib = 1024 * 1024;
constexpr AssignmentId kLamp{9};
constexpr std::size_t kMany = 100;

/// A city and its office, and files that go between them on sticks alone.
class BundleFiles : public BundleTrip {
 protected:
  BundleFiles() {
    dispatch(kLamp);
    round_trip();
  }

  /// A file with a photo's first bytes at one end; gives how an entry names it.
  [[nodiscard]] wire::BlobRef put(blobs::BlobStore& store, AssignmentId id, std::size_t size) {
    std::string content(size, '\0');
    random_.fill({reinterpret_cast<std::uint8_t*>(content.data()), content.size()});
    content.replace(0, 3, "\xFF\xD8\xFF");
    blobs::Upload const upload{.upload = "upload-" + std::to_string(++uploads_),
                               .owner = {unit_, id},
                               .staff = StaffId{1},
                               .name = "现场.jpg",
                               .size = size};
    EXPECT_TRUE(store.begin(upload, rule_, clock_.wall()));
    auto const whole = store.take(upload, 0, bytes_of(content), clock_.wall());
    EXPECT_TRUE(whole && whole->address);
    return {.address = crypto::sha256(bytes_of(content)), .size = size, .attachment_class = 3, .name = "现场.jpg"};
  }
  [[nodiscard]] wire::BlobRef attach_at_office(std::size_t size) {
    auto file = put(office_blobs_, kLamp, size);
    note(kLamp, {file});
    return file;
  }
  [[nodiscard]] wire::BlobRef dispatch_with_file(AssignmentId id, std::size_t size) {
    auto file = put(central_blobs_, id, size);
    dispatch(id, {.texts = {}, .blobs = {file}});
    return file;
  }

  [[nodiscard]] Exported exported(std::uint64_t attachment_bytes = 16 * kMib) {
    return export_at_office(1 << 20, attachment_bytes);
  }
  [[nodiscard]] central::BundleTakenIn taken_at_centre(Bytes const& bytes) {
    auto taken = take_at_centre(bytes);
    EXPECT_TRUE(taken) << taken.error().sentence;
    return *std::move(taken);
  }
  [[nodiscard]] office::BundleTakenIn taken_at_office(Bytes const& bytes) {
    auto taken = take_at_office(bytes);
    EXPECT_TRUE(taken) << taken.error().sentence;
    return *std::move(taken);
  }
  /// The centre's answer, with so much of the attachments.
  [[nodiscard]] Bytes answered(central::BundleStart start, std::uint64_t attachment_bytes = 16 * kMib) {
    start.attachment_bytes = attachment_bytes;
    return answer_of(start);
  }
  /// What nobody asked for.
  [[nodiscard]] Bytes unasked(std::uint64_t attachment_bytes = 16 * kMib) {
    auto const party = central_kit().ask("whose", {{"unit", "XF"}});
    EXPECT_TRUE(party);
    return answered({.party = *party, .place = *party, .nonce = {}, .answers = 0, .most_bytes = kMib},
                    attachment_bytes);
  }

  [[nodiscard]] blobs::BlobState at_centre(wire::BlobRef const& file, AssignmentId id = kLamp) {
    return central_blobs_.state({{unit_, id}, file.address, file.size});
  }
  [[nodiscard]] blobs::BlobState at_office(wire::BlobRef const& file, AssignmentId id) {
    return office_blobs_.state({{unit_, id}, file.address, file.size});
  }
  /// What a courier would have to carry.
  [[nodiscard]] std::size_t left_to_send() {
    auto const feed = office_->snapshot().feed.list.epoch;
    return blobs::unsent_blobs(office_writer_.connection(), unit_, feed, kMany).size();
  }
  [[nodiscard]] std::size_t left_to_fetch() {
    return blobs::missing_blobs(office_writer_.connection(), unit_, kMany).size();
  }

  rules::AttachmentRule rule_{.disk_reserve_mib = 0};
  int uploads_{};
};

TEST_F(BundleFiles, GoBothWaysAndTheReturnReceiptSaysWhichArrived) {
  auto const photo = attach_at_office(100'000);
  auto const plan = dispatch_with_file(AssignmentId{10}, 200'000);
  auto const out = exported();
  EXPECT_EQ(out.made.files.files, 1U);
  EXPECT_EQ(out.made.files.bytes, 100'000U);
  auto const taken = taken_at_centre(out.bytes);
  EXPECT_EQ(taken.files.arrived, 1U);
  EXPECT_TRUE(at_centre(photo).here);
  EXPECT_EQ(left_to_send(), 1U) << "only the return bundle says that it arrived";
  auto const back = taken_at_office(answered(taken.answer));
  EXPECT_EQ(back.files.delivered, 1U);
  EXPECT_EQ(back.files.arrived, 1U) << "what an entry of this bundle names comes with it";
  EXPECT_TRUE(at_office(plan, AssignmentId{10}).here);
  EXPECT_EQ(left_to_send(), 0U) << "the courier has nothing to send";
  EXPECT_EQ(left_to_fetch(), 0U) << "and nothing to fetch";
  EXPECT_EQ(exported().made.files.files, 0U) << "nor has the next bundle";
  expect_one_state();
}

TEST_F(BundleFiles, TakenInAgainOrLateTheyChangeNothing) {
  auto const photo = attach_at_office(100'000);
  auto const first = exported();
  auto const second = exported();
  EXPECT_EQ(second.made.files.bytes, 100'000U) << "no return bundle came: it goes again";
  auto const taken = taken_at_centre(second.bytes);
  EXPECT_EQ(taken_at_centre(first.bytes).files.bytes, 0U);
  EXPECT_EQ(taken_at_centre(second.bytes).files.bytes, 0U);
  EXPECT_TRUE(at_centre(photo).here);
  auto const answer = answered(taken.answer);
  EXPECT_EQ(taken_at_office(answer).files.delivered, 1U);
  EXPECT_EQ(taken_at_office(answer).files.delivered, 0U);
}

TEST_F(BundleFiles, AFileLargerThanPeopleChoseGoesOnWhereTheReceiverStopped) {
  auto const film = attach_at_office(2 * kMib + kMib / 2);
  std::uint64_t carried = 0;
  for (int trip = 0; trip < 3; ++trip) {
    EXPECT_FALSE(at_centre(film).here);
    auto const out = exported(kMib);
    EXPECT_LT(out.bytes.size(), kMib + 64 * 1024) << "no larger than was chosen, and what stands around it";
    carried += taken_at_centre(out.bytes).files.bytes;
    auto const again = taken_at_centre(out.bytes);
    EXPECT_EQ(again.files.bytes, 0U);
    EXPECT_EQ(taken_at_office(answered(again.answer)).files.delivered, trip == 2 ? 1U : 0U);
  }
  EXPECT_EQ(carried, film.size) << "no byte went twice";
  EXPECT_TRUE(at_centre(film).here);
}

TEST_F(BundleFiles, ToTheOfficeAsWell) {
  auto const film = dispatch_with_file(AssignmentId{10}, 2 * kMib + kMib / 2);
  ASSERT_EQ(taken_at_office(unasked(kMib)).files.bytes, kMib);
  std::uint64_t carried = kMib;
  for (int trip = 0; trip < 2; ++trip) {
    auto const taken = taken_at_centre(exported().bytes);
    carried += taken_at_office(answered(taken.answer, kMib)).files.bytes;
  }
  EXPECT_EQ(carried, film.size);
  EXPECT_TRUE(at_office(film, AssignmentId{10}).here);
  EXPECT_EQ(taken_at_office(answered(taken_at_centre(exported().bytes).answer)).files.bytes, 0U);
}

TEST_F(BundleFiles, UnaskedTheyComeWithTheEntriesThatNameThemUntilTheNodeSaysThatItHasThem) {
  auto const plan = dispatch_with_file(AssignmentId{10}, 50'000);
  EXPECT_EQ(taken_at_office(unasked()).files.arrived, 1U);
  EXPECT_TRUE(at_office(plan, AssignmentId{10}).here);
  EXPECT_EQ(taken_at_office(unasked()).files.bytes, 0U) << "it went again, because nobody had said that it came";
  ASSERT_TRUE(take_at_centre(exported().bytes));
  auto const size = unasked().size();
  EXPECT_LT(size, 5'000U) << "now it is known";
}

TEST_F(BundleFiles, WhatTheLineHasBroughtMeanwhileIsNotTakenTwice) {
  auto const film = attach_at_office(kMib);
  auto const out = exported();
  round_trip();  // the act is there before its file, as over a line
  auto const row = office_blobs_.find({unit_, kLamp}, film.address);
  auto const half = office_blobs_.read(*row, 0, kMib / 2);
  ASSERT_TRUE(central_blobs_.take({{unit_, kLamp}, film.address, film.size}, 0, *half, rule_, clock_.wall()));
  auto const taken = taken_at_centre(out.bytes);
  EXPECT_EQ(taken.files.bytes, kMib / 2);
  EXPECT_EQ(taken.files.arrived, 1U);
}

TEST_F(BundleFiles, CutAtAnyByteOrWithAFlippedBitNothingIsTaken) {
  auto const photo = attach_at_office(200);
  auto const out = exported().bytes;
  for (std::size_t size = 0; size < out.size(); ++size) {
    auto const taken = take_at_centre(Bytes(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size)));
    ASSERT_EQ(taken.error().code, "bundle_unfinished") << size;
  }
  for (std::size_t at = 0; at < out.size(); ++at) {
    auto flipped = out;
    flipped[at] ^= 1U << at % 8;
    ASSERT_FALSE(take_at_centre(flipped)) << at;
  }
  EXPECT_EQ(at_centre(photo).held, 0U);
  EXPECT_EQ(taken_at_centre(out).files.arrived, 1U);
}

/// A stick that is pulled out so many bytes into the second reading.
class PulledStick final : public engine::BundleSource {
 public:
  PulledStick(Bytes bytes, std::size_t after) : file_(std::move(bytes)), after_(after) {}
  [[nodiscard]] Result<Bytes> take(std::size_t size) override {
    if (again_ && size > after_) return refuse("stick_unreadable", "The stick is gone.");
    if (again_) after_ -= size;
    return file_.take(size);
  }
  [[nodiscard]] Result<void> rewind() override {
    again_ = true;
    return file_.rewind();
  }

 private:
  MemoryBundle file_;
  std::size_t after_;
  bool again_{};
};

TEST_F(BundleFiles, AStickPulledOutInTheMiddleLosesNothingAndTheSameBundleGoesOn) {
  auto const film = attach_at_office(3 * kMib);
  auto const out = exported().bytes;
  PulledStick stick(out, out.size() - kMib);
  EXPECT_EQ(central::take_bundle(central_kit(), stick).error().code, "stick_unreadable");
  EXPECT_EQ(at_centre(film).held, 2 * kMib);
  EXPECT_FALSE(at_centre(film).here);
  auto const taken = taken_at_centre(out);
  EXPECT_EQ(taken.files.bytes, kMib);
  EXPECT_TRUE(at_centre(film).here);
}

TEST_F(BundleFiles, OneThatIsNotAsItsEntrySaysStopsNoOther) {
  auto wrong = put(office_blobs_, kLamp, 1'000);
  auto const right = put(office_blobs_, kLamp, 2'000);
  wrong.size = 900;
  note(kLamp, {wrong, right});
  auto const taken = taken_at_centre(exported().bytes);
  ASSERT_EQ(taken.files.refused.size(), 1U);
  EXPECT_EQ(taken.files.refused[0].why.code, "too_long");
  EXPECT_EQ(taken.files.refused[0].key.address, wrong.address);
  EXPECT_EQ(taken.files.arrived, 1U);
  EXPECT_TRUE(at_centre(right).here);
}

TEST_F(BundleFiles, TheSmallestOfTheMostUrgentAssignmentGoesFirst) {
  std::vector<wire::BlobRef> files;
  for (std::size_t const size : {std::size_t{3'000}, std::size_t{1'000}, 2 * kMib}) {
    files.push_back(attach_at_office(size));
  }
  auto const out = exported(3'500);
  EXPECT_EQ(out.made.files.left, 2U);
  ASSERT_TRUE(take_at_centre(out.bytes));
  EXPECT_TRUE(at_centre(files[1]).here);
  EXPECT_EQ(at_centre(files[0]).held, 2'500U) << "what room was left takes the beginning of the next";
  EXPECT_EQ(at_centre(files[2]).held, 0U);
}

TEST_F(BundleFiles, WithoutThemTheBundleStillSaysWhatIsLacking) {
  auto const plan = dispatch_with_file(AssignmentId{10}, 50'000);
  ASSERT_EQ(taken_at_office(unasked(0)).files.bytes, 0U);
  EXPECT_EQ(left_to_fetch(), 1U);
  auto const taken = taken_at_centre(exported(0).bytes);
  EXPECT_EQ(taken_at_office(answered(taken.answer)).files.arrived, 1U);
  EXPECT_TRUE(at_office(plan, AssignmentId{10}).here);
  EXPECT_EQ(taken_at_centre(exported(0).bytes).files.delivered, 1U) << "it lacks it no more";
  EXPECT_EQ(taken_at_centre(exported(0).bytes).files.delivered, 0U);
}

TEST_F(BundleFiles, BeforeAnyMessageTheyAreNotTaken) {
  auto const photo = attach_at_office(200);
  round_trip();
  MemoryBundle file;
  wire::BundleHeader const header{.way = wire::BundleWay::kToCentre,
                                  .unit = unit_,
                                  .node = identity_.node,
                                  .journal_epoch = Epoch{77},
                                  .city_key_id = city_.id,
                                  .number = 9};
  auto writer = engine::BundleWriter::begin(header, {node_keys_, city_.keys.public_key}, *suite_, random_, file);
  ASSERT_TRUE(writer);
  wire::BundleFilePart const part{kLamp, photo.address, 0, Bytes(100)};
  ASSERT_TRUE(writer->add(wire::BundleRecord::kFilePart, wire::encode_file_part(part)));
  ASSERT_TRUE(writer->finish());
  EXPECT_EQ(take_at_centre(file.bytes()).error().code, "bundle_damaged");
  EXPECT_EQ(at_centre(photo).held, 0U);
}

TEST_F(BundleFiles, TheCentresWordUnderAnEarlierFeedIsAskedAgain) {
  auto const photo = attach_at_office(1'000);
  ASSERT_TRUE(take_at_centre(exported().bytes));
  wire::BundleFileStates const states{Epoch{12345}, {{kLamp, photo.address, photo.size, true}}};
  auto const told = office_desk_->run("told", {{"states", to_hex(wire::encode_file_states(states))}});
  ASSERT_TRUE(told);
  EXPECT_EQ(web::count_at(*told, "delivered"), 0U);
  EXPECT_EQ(left_to_send(), 1U);
}

TEST_F(BundleFiles, WhatCameUnderAnEarlierFeedMayBeLackingAtTheCentre) {
  std::string const content(1'000, 'x');
  wire::BlobRef const plan{.address = crypto::sha256(bytes_of(content)), .size = content.size()};
  dispatch(AssignmentId{10}, {.texts = {}, .blobs = {plan}});
  round_trip();
  auto const keep = [&](Epoch feed) {
    wire::BundleFilePart const part{AssignmentId{10}, plan.address, 0, Bytes(content.begin(), content.end())};
    return office_desk_->run("keep",
                             {{"part", to_hex(wire::encode_file_part(part))}, {"feed", std::to_string(feed.value)}});
  };
  ASSERT_TRUE(keep(Epoch{12345}));
  EXPECT_TRUE(at_office(plan, AssignmentId{10}).here);
  EXPECT_EQ(left_to_send(), 1U) << "a centre that was restored since may have lost it";
  ASSERT_TRUE(keep(office_->snapshot().feed.list.epoch));
  EXPECT_EQ(left_to_send(), 0U);
}

}  // namespace
}  // namespace fieldnode
