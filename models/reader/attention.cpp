// Attention of one layer over a stream of contexts and their branches, forward and backward, on processors with AMX (bf16 tiles).
// PyTorch's kernels for the processor spend most of a training step on the backward pass of attention at these sizes; this one takes a fifth.
//
// Everything is computed transposed (keys in rows, queries in columns): softmax then runs along columns, and of the five products of the
// backward pass none needs a transposed score. Sequences: a context sees itself; a branch sees its context, then itself; index = place in
// that sequence; a key is seen when its index is at most the query's, and less than `window` before it.
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

namespace {

constexpr int D = 64;   // size of a head
constexpr int B = 32;   // queries, and keys, of a block
using bf16 = uint16_t;

struct alignas(64) Config {
  uint8_t palette = 1, start = 0, reserved[14] = {};
  uint16_t bytes[16] = {};
  uint8_t rows[16] = {};
};

inline float wide(bf16 x) {
  uint32_t bits = uint32_t(x) << 16;
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}
inline bf16 narrow(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  return bf16((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}
inline __m512i rounded(__m512 x) {
  const __m512i bits = _mm512_castps_si512(x);
  const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
  return _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff)));
}
// e^x for x <= 0, to about 1e-7 of its size.
inline __m512 exponential(__m512 x) {
  x = _mm512_max_ps(x, _mm512_set1_ps(-87.0f));
  const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504f)), 0);
  __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375f), x);
  r = _mm512_fnmadd_ps(n, _mm512_set1_ps(-2.12194440e-4f), r);
  __m512 p = _mm512_set1_ps(1.0f / 720);
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f / 120));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f / 24));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f / 6));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.5f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f));
  return _mm512_scalef_ps(p, n);
}

// Keys and values of a run of tokens, padded to whole blocks: rows for the scores, columns for the sums.
struct Keys {
  int count = 0, padded = 0;
  std::vector<bf16> k, v, kt, vt;
  std::vector<float> dk, dv;
  void load(const bf16* ks, const bf16* vs, int n, int stride, bool backward) {
    count = n;
    padded = (n + B - 1) / B * B;
    k.assign(size_t(padded) * D, 0);
    v.assign(size_t(padded) * D, 0);
    for (int i = 0; i < n; i++) {
      std::memcpy(&k[size_t(i) * D], ks + size_t(i) * stride, D * 2);
      std::memcpy(&v[size_t(i) * D], vs + size_t(i) * stride, D * 2);
    }
    turn(backward ? k : v, backward ? kt : vt);
    if (!backward) return;
    dk.assign(size_t(padded) * D, 0);
    dv.assign(size_t(padded) * D, 0);
  }
  // By blocks of 32 keys: [block][dimension][key].
  void turn(const std::vector<bf16>& from, std::vector<bf16>& to) const {
    to.resize(from.size());
    for (int b = 0; b < padded / B; b++)
      for (int i = 0; i < B; i++)
        for (int d = 0; d < D; d++) to[(size_t(b) * D + d) * B + i] = from[(size_t(b) * B + i) * D + d];
  }
  void give(bf16* gk, bf16* gv, int stride) const {
    for (int i = 0; i < count; i++)
      for (int d = 0; d < D; d++) {
        gk[size_t(i) * stride + d] = narrow(dk[size_t(i) * D + d]);
        gv[size_t(i) * stride + d] = narrow(dv[size_t(i) * D + d]);
      }
  }
};

// Rows of queries as the right side of a product over dimensions: [16 queries][32 dimensions] -> tile, two and two of each.
void pack_rows(const bf16 (*rows)[D], bf16* out) {
  const uint32_t* words = reinterpret_cast<const uint32_t*>(rows);
  uint32_t* to = reinterpret_cast<uint32_t*>(out);
  for (int half = 0; half < 2; half++)
    for (int step = 0; step < 2; step++)
      for (int r = 0; r < 16; r++)
        for (int n = 0; n < 16; n++)
          to[((half * 2 + step) * 16 + r) * 16 + n] = words[(half * 16 + n) * (D / 2) + step * 16 + r];
}
// The same rows as the right side of a product over queries: 32 queries by 16 dimensions a tile, four of them.
void pack_pairs(const bf16 (*rows)[D], bf16* out) {
  for (int part = 0; part < 4; part++)
    for (int r = 0; r < 16; r++)
      for (int n = 0; n < 16; n++) {
        out[(part * 16 + r) * 32 + 2 * n] = rows[2 * r][part * 16 + n];
        out[(part * 16 + r) * 32 + 2 * n + 1] = rows[2 * r + 1][part * 16 + n];
      }
}

// scores[32 keys][32 queries] = rows[32][64] times packed queries.
inline void product(const bf16* rows, const bf16* packed, float* scores) {
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  for (int step = 0; step < 2; step++) {
    _tile_loadd(4, rows + step * 32, D * 2);
    _tile_loadd(5, rows + 16 * D + step * 32, D * 2);
    _tile_loadd(6, packed + (0 * 2 + step) * 512, 64);
    _tile_loadd(7, packed + (1 * 2 + step) * 512, 64);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
  }
  _tile_stored(0, scores, B * 4);
  _tile_stored(1, scores + 16, B * 4);
  _tile_stored(2, scores + 16 * B, B * 4);
  _tile_stored(3, scores + 16 * B + 16, B * 4);
}
// sums[64 dimensions][32 queries] += columns[64][32 keys] times pairs of keys.
inline void add_columns(const bf16* columns, const bf16* pairs, float* sums) {
  _tile_loadd(6, pairs, 64);
  _tile_loadd(7, pairs + 512, 64);
  for (int part = 0; part < 4; part++) {
    _tile_loadd(0, sums + part * 16 * B, B * 4);
    _tile_loadd(1, sums + part * 16 * B + 16, B * 4);
    _tile_loadd(4, columns + part * 16 * B, B * 2);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_stored(0, sums + part * 16 * B, B * 4);
    _tile_stored(1, sums + part * 16 * B + 16, B * 4);
  }
}
// sums[32 keys][64 dimensions] += rows[32 keys][32 queries] times pairs of queries.
inline void add_rows(const bf16* rows, const bf16* pairs, float* sums) {
  _tile_loadd(4, rows, B * 2);
  _tile_loadd(5, rows + 16 * B, B * 2);
  for (int part = 0; part < 4; part++) {
    _tile_loadd(0, sums + part * 16, D * 4);
    _tile_loadd(1, sums + 16 * D + part * 16, D * 4);
    _tile_loadd(6, pairs + part * 512, 64);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 5, 6);
    _tile_stored(0, sums + part * 16, D * 4);
    _tile_stored(1, sums + 16 * D + part * 16, D * 4);
  }
}
// [32 keys][32 queries] as pairs of keys, 16 queries a tile.
inline void pair_up(const float* from, bf16* to) {
  const __m512i high = _mm512_set1_epi32(int(0xffff0000));
  for (int r = 0; r < 16; r++)
    for (int half = 0; half < 2; half++) {
      const __m512i a = rounded(_mm512_load_ps(from + (2 * r) * B + half * 16));
      const __m512i b = rounded(_mm512_load_ps(from + (2 * r + 1) * B + half * 16));
      const __m512i both = _mm512_or_si512(_mm512_srli_epi32(a, 16), _mm512_and_si512(b, high));
      _mm512_store_si512(to + half * 512 + r * 32, both);
    }
}
inline void round_rows(const float* from, bf16* to) {
  for (int i = 0; i < B * B; i += 16)
    _mm256_store_si256(reinterpret_cast<__m256i*>(to + i),
                       _mm512_cvtepi32_epi16(_mm512_srli_epi32(rounded(_mm512_load_ps(from + i)), 16)));
}

// A block of keys as one block of queries sees it.
struct Seen {
  const Keys* keys;
  int block, index;  // index: of its first key in the sequence
  bool whole;
};

void seen_blocks(std::vector<Seen>& out, const Keys* keys, int base, int first, int last, int window) {
  for (int b = 0; b * B < keys->count; b++) {
    const int low = base + b * B, high = base + std::min(keys->count, (b + 1) * B) - 1;
    if (low > last || high <= first - window) continue;
    const bool whole = (b + 1) * B <= keys->count && high <= first && low > last - window;
    out.push_back({keys, b, low, whole});
  }
}

// Which of 16 queries see a key.
inline __mmask16 sees(int key, int limit, int first, int window) {
  if (key >= limit) return 0;
  const __m512i q = _mm512_add_epi32(_mm512_set1_epi32(first), _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
  return _mm512_cmpge_epi32_mask(q, _mm512_set1_epi32(key)) & _mm512_cmplt_epi32_mask(q, _mm512_set1_epi32(key + window));
}

struct Block {
  alignas(64) bf16 rows[B][D];
  alignas(64) bf16 grads[B][D];
  alignas(64) bf16 packed[4 * 512], packed_grads[4 * 512], pairs[4 * 512], pairs_grads[4 * 512];
  alignas(64) float scores[B * B], slopes[B * B], sums[D * B], top[B], total[B], drop[B];
  alignas(64) bf16 weights[B * B], paired[2 * 512];
};

void load_rows(bf16 (*to)[D], const bf16* from, int n, int stride) {
  std::memset(to, 0, sizeof(bf16) * B * D);
  for (int i = 0; i < n; i++) std::memcpy(to[i], from + size_t(i) * stride, D * 2);
}

void mask(Block& block, const Seen& seen, int first, int window, float* scores) {
  const int limit = seen.index - seen.block * B + seen.keys->count;
  for (int r = 0; r < B; r++)
    for (int half = 0; half < 2; half++) {
      float* at = scores + r * B + half * 16;
      const __mmask16 kept = sees(seen.index + r, limit, first + half * 16, window);
      _mm512_store_ps(at, _mm512_mask_mov_ps(_mm512_set1_ps(-1e30f), kept, _mm512_load_ps(at)));
    }
}

const float scale = 0.125f;

void forward_block(Block& block, const std::vector<Seen>& all, int n, int first, int window, bf16* out, float* lse, int stride, int heads) {
  pack_rows(block.rows, block.packed);
  std::memset(block.sums, 0, sizeof(block.sums));
  for (int i = 0; i < B; i++) block.top[i] = -1e30f, block.total[i] = 0;
  const __m512 scaled = _mm512_set1_ps(scale);
  for (const Seen& seen : all) {
    product(&seen.keys->k[size_t(seen.block) * B * D], block.packed, block.scores);
    if (!seen.whole) mask(block, seen, first, window, block.scores);
    for (int half = 0; half < 2; half++) {
      __m512 most = _mm512_load_ps(block.top + half * 16);
      const __m512 before = most;
      for (int r = 0; r < B; r++) most = _mm512_max_ps(most, _mm512_mul_ps(_mm512_load_ps(block.scores + r * B + half * 16), scaled));
      const __m512 fade = exponential(_mm512_sub_ps(before, most));
      __m512 total = _mm512_mul_ps(_mm512_load_ps(block.total + half * 16), fade);
      for (int r = 0; r < B; r++) {
        float* at = block.scores + r * B + half * 16;
        const __m512 raw = _mm512_mul_ps(_mm512_load_ps(at), scaled);
        const __mmask16 live = _mm512_cmp_ps_mask(raw, _mm512_set1_ps(-1e28f), _CMP_GT_OQ);
        const __m512 weight = _mm512_maskz_mov_ps(live, exponential(_mm512_sub_ps(raw, most)));
        total = _mm512_add_ps(total, weight);
        _mm512_store_ps(at, weight);
      }
      _mm512_store_ps(block.top + half * 16, most);
      _mm512_store_ps(block.total + half * 16, total);
      for (int d = 0; d < D; d++) {
        float* at = block.sums + d * B + half * 16;
        _mm512_store_ps(at, _mm512_mul_ps(_mm512_load_ps(at), fade));
      }
    }
    pair_up(block.scores, block.paired);
    add_columns(&seen.keys->vt[size_t(seen.block) * D * B], block.paired, block.sums);
  }
  for (int i = 0; i < n; i++) {
    lse[size_t(i) * heads] = block.top[i] + std::log(block.total[i]);
    const float inverse = 1.0f / block.total[i];
    for (int d = 0; d < D; d++) out[size_t(i) * stride + d] = narrow(block.sums[d * B + i] * inverse);
  }
}

void backward_block(Block& block, const std::vector<Seen>& all, int n, int first, int window, const bf16* out, const float* lse, bf16* dq, int stride, int heads) {
  pack_rows(block.rows, block.packed);
  pack_rows(block.grads, block.packed_grads);
  pack_pairs(block.rows, block.pairs);
  pack_pairs(block.grads, block.pairs_grads);
  std::memset(block.sums, 0, sizeof(block.sums));
  for (int i = 0; i < B; i++) {
    float drop = 0;
    if (i < n)
      for (int d = 0; d < D; d++) drop += wide(out[size_t(i) * stride + d]) * wide(block.grads[i][d]);
    block.drop[i] = drop;
    block.top[i] = i < n ? lse[size_t(i) * heads] : 1e30f;
  }
  const __m512 scaled = _mm512_set1_ps(scale);
  for (const Seen& seen : all) {
    Keys& keys = *const_cast<Keys*>(seen.keys);
    const size_t at_rows = size_t(seen.block) * B * D;
    product(&keys.k[at_rows], block.packed, block.scores);
    if (!seen.whole) mask(block, seen, first, window, block.scores);
    product(&keys.v[at_rows], block.packed_grads, block.slopes);
    for (int half = 0; half < 2; half++) {
      const __m512 lses = _mm512_load_ps(block.top + half * 16), drops = _mm512_load_ps(block.drop + half * 16);
      for (int r = 0; r < B; r++) {
        float* at = block.scores + r * B + half * 16;
        float* slope = block.slopes + r * B + half * 16;
        const __m512 raw = _mm512_fmsub_ps(_mm512_load_ps(at), scaled, lses);
        const __mmask16 live = _mm512_cmp_ps_mask(raw, _mm512_set1_ps(-80.0f), _CMP_GT_OQ);
        const __m512 weight = _mm512_maskz_mov_ps(live, exponential(_mm512_min_ps(raw, _mm512_setzero_ps())));
        _mm512_store_ps(at, weight);
        _mm512_store_ps(slope, _mm512_mul_ps(_mm512_mul_ps(weight, scaled), _mm512_sub_ps(_mm512_load_ps(slope), drops)));
      }
    }
    round_rows(block.scores, block.weights);
    add_rows(block.weights, block.pairs_grads, &keys.dv[at_rows]);
    round_rows(block.slopes, block.weights);
    add_rows(block.weights, block.pairs, &keys.dk[at_rows]);
    pair_up(block.slopes, block.paired);
    add_columns(&keys.kt[at_rows], block.paired, block.sums);
  }
  for (int i = 0; i < n; i++)
    for (int d = 0; d < D; d++) dq[size_t(i) * stride + d] = narrow(block.sums[d * B + i]);
}

}  // namespace

extern "C" {

// 0 where the system lets tiles be used.
int prepare() {
  if (syscall(SYS_arch_prctl, 0x1023, 18) != 0) return 1;
  return 0;
}

// q, k, v, out: [tokens][heads][64]; lse: [tokens][heads]. contexts: begin, begin of the branches, number of branches, then their lengths.
void attend(const bf16* q, const bf16* k, const bf16* v, bf16* out, float* lse, const int64_t* contexts, int64_t count, int64_t heads, int64_t window,
            const bf16* grad, bf16* dq, bf16* dk, bf16* dv) {
  Config config;
  for (int i = 0; i < 8; i++) config.bytes[i] = 64, config.rows[i] = 16;
  _tile_loadconfig(&config);
  const bool backward = grad != nullptr;
  const int stride = int(heads) * D;
  Block block;
  std::vector<Seen> seen;
  Keys context, own;
  for (int head = 0; head < heads; head++) {
    const int64_t* at = contexts;
    for (int64_t c = 0; c < count; c++) {
      const int64_t start = at[0], middle = at[1], branches = at[2];
      const int size = int(middle - start);
      const size_t base = size_t(start) * stride + head * D;
      context.load(k + base, v + base, size, stride, backward);
      int64_t from = start;
      for (int64_t b = -1; b < branches; b++) {
        const int length = b < 0 ? size : int(at[3 + b]);
        const size_t offset = size_t(from) * stride + head * D;
        if (b >= 0) own.load(k + offset, v + offset, length, stride, backward);
        for (int i = 0; i < length; i += B) {
          const int n = std::min(B, length - i), first = (b < 0 ? 0 : size) + i;
          const size_t place = offset + size_t(i) * stride;
          seen.clear();
          seen_blocks(seen, &context, 0, first, first + n - 1, int(window));
          if (b >= 0) seen_blocks(seen, &own, size, first, first + n - 1, int(window));
          load_rows(block.rows, q + place, n, stride);
          float* sums = lse + size_t(from + i) * heads + head;
          if (!backward) {
            forward_block(block, seen, n, first, int(window), out + place, sums, stride, int(heads));
          } else {
            load_rows(block.grads, grad + place, n, stride);
            backward_block(block, seen, n, first, int(window), out + place, sums, dq + place, stride, int(heads));
          }
        }
        if (backward && b >= 0) own.give(dk + offset, dv + offset, stride);
        from += length;
      }
      if (backward) context.give(dk + base, dv + base, stride);
      at += 3 + branches;
    }
  }
  _tile_release();
}

// Turns pairs of coordinates by the angles of each token, in place; `back` turns them the other way.
void turn(bf16* x, const float* cosines, const float* sines, int64_t tokens, int64_t heads, int64_t back) {
  const float sign = back ? -1.0f : 1.0f;
  for (int64_t t = 0; t < tokens; t++)
    for (int64_t h = 0; h < heads; h++) {
      bf16* at = x + (t * heads + h) * D;
      const float *c = cosines + t * (D / 2), *s = sines + t * (D / 2);
      for (int i = 0; i < D / 2; i++) {
        const float a = wide(at[i]), b = wide(at[i + D / 2]);
        at[i] = narrow(a * c[i] - sign * b * s[i]);
        at[i + D / 2] = narrow(b * c[i] + sign * a * s[i]);
      }
    }
}
}
