#include "rarewood/store/location.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

constexpr const char* kKey = "processed-data/training_data.parquet";

std::string uri_in(const std::string& store, const std::string& key) {
  StoreOptions options;
  options.store = store;
  return open_store(options, {})->uri(key);
}

TEST(Location, maps_keys_to_folders_and_buckets) {
  EXPECT_EQ(uri_in("./store", kKey), "./store/processed-data/training_data.parquet");
  EXPECT_EQ(uri_in("/data/", kKey), "/data/processed-data/training_data.parquet");
  EXPECT_EQ(uri_in("s3://", kKey), "s3://processed-data/training_data.parquet");
  EXPECT_EQ(uri_in("s3://shop", kKey), "s3://shop/processed-data/training_data.parquet");
  EXPECT_EQ(uri_in("s3://shop/a/b/", kKey), "s3://shop/a/b/processed-data/training_data.parquet");
}

TEST(Location, resolves_a_table_independent_of_the_store) {
  StoreOptions options;
  options.store = "s3://elsewhere";
  for (const char* name : {"table.csv", "./table.csv", "/data/table.csv", "s3://b/table.csv",
                           "s3://b/below/table.csv"}) {
    const ObjectPlace place = resolve(name, options, {});
    EXPECT_EQ(place.uri(), name);
    EXPECT_EQ(place.key, "table.csv");
  }
}

TEST(Location, refuses_what_is_no_place) {
  for (const char* name : {"", "folder/", ".", "a/..", "s3://", "s3://bucket", "s3://bucket/",
                           "https://host/table.csv", "gs://b/k"}) {
    EXPECT_THROW(resolve(name, {}, {}), Error) << name;
  }
  EXPECT_THROW(uri_in("", kKey), Error);
  EXPECT_THROW(uri_in("gs://bucket", kKey), Error);
}

TEST(Location, refuses_half_of_the_credentials) {
  StoreOptions options;
  options.store = "s3://";
  options.s3_access_key = Secret("somebody");
  try {
    open_store(options, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
  }
}

}  // namespace
}  // namespace rarewood
