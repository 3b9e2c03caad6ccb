//! Through the front door, and beside tools that are not ours.

mod anchors;
mod authority;
mod check;
mod fetching;
mod keys;
mod letters;
mod openssl;
mod register;
mod requests;
mod rules;
mod stamps;
mod status;
mod timing;
mod token;
mod town;
mod verdict;
