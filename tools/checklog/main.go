// checklog FOLDER VKEY OLD: checks a log that truce serves with Go's own packages for notes and transparency logs.
//
// FOLDER holds `checkpoint` and `tile/...` as C2SP tlog-tiles lays them out, VKEY the log's public key, OLD a checkpoint that was kept, or
// nothing. Every entry is compared with the tree that the checkpoint signs, and the tree with the one that OLD signs.
//
// Build: GO111MODULE=off GOPATH=/usr/share/gocode go build -o checklog ./tools/checklog (Debian: golang-go, golang-golang-x-mod-dev)
package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// folder gives the tiles of a log that lies in a folder.
type folder string

func (f folder) Height() int { return height }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		// Go's paths have the height in front, which C2SP fixes and leaves out.
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
		read, err := os.ReadFile(filepath.Join(string(f), filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		if len(read) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes, not %d", path, len(read), tile.W*tlog.HashSize)
		}
		data[i] = read
	}
	return data, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

// entries gives the records of the bundle with a number.
func (f folder) entries(number, width int64) ([][]byte, error) {
	tile := tlog.Tile{H: height, L: -1, N: number, W: int(width)}
	path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/data/", height), "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(string(f), filepath.FromSlash(path)))
	if err != nil {
		return nil, err
	}
	var records [][]byte
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, fmt.Errorf("%s is cut off", path)
		}
		size := int(data[0])<<8 | int(data[1])
		if data = data[2:]; len(data) < size {
			return nil, fmt.Errorf("%s is cut off", path)
		}
		records, data = append(records, data[:size]), data[size:]
	}
	if int64(len(records)) != width {
		return nil, fmt.Errorf("%s has %d entries, not %d", path, len(records), width)
	}
	return records, nil
}

// open reads the tree that a checkpoint signs.
func open(path string, verifier note.Verifier) (tlog.Tree, error) {
	var tree tlog.Tree
	bytes, err := os.ReadFile(path)
	if err != nil {
		return tree, err
	}
	signed, err := note.Open(bytes, note.VerifierList(verifier))
	if err != nil {
		return tree, fmt.Errorf("%s: %w", path, err)
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("%s is no checkpoint of %s", path, verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return tree, fmt.Errorf("%s: %q is no size", path, lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, fmt.Errorf("%s: %q is no root", path, lines[2])
	}
	tree.N = size
	copy(tree.Hash[:], root)
	return tree, nil
}

func check(log folder, key, old string) error {
	text, err := os.ReadFile(key)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	tree, err := open(filepath.Join(string(log), "checkpoint"), verifier)
	if err != nil {
		return err
	}
	// The reader checks every tile against the tree that was signed before it hands out a hash.
	hashes := tlog.TileHashReader(tree, log)
	for first := int64(0); first < tree.N; first += 1 << height {
		width := min(tree.N-first, 1<<height)
		records, err := log.entries(first>>height, width)
		if err != nil {
			return err
		}
		var indexes []int64
		for place := range records {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+int64(place)))
		}
		leaves, err := hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for place, record := range records {
			if tlog.RecordHash(record) != leaves[place] {
				return fmt.Errorf("entry %d is not the one in the signed tree", first+int64(place))
			}
		}
	}
	if old != "" {
		kept, err := open(old, verifier)
		if err != nil {
			return err
		}
		if kept.N > tree.N {
			return fmt.Errorf("consistency: the log has %d entries, the checkpoint that was kept %d", tree.N, kept.N)
		}
		proof, err := tlog.ProveTree(tree.N, kept.N, hashes)
		if err == nil {
			err = tlog.CheckTree(proof, tree.N, tree.Hash, kept.N, kept.Hash)
		}
		if err != nil {
			return fmt.Errorf("consistency: the log does not continue the checkpoint of %d entries: %w", kept.N, err)
		}
		fmt.Printf("continues the checkpoint of %d entries\n", kept.N)
	}
	fmt.Printf("all %d entries match the signed tree\n", tree.N)
	return nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func main() {
	err := errors.New("usage: checklog FOLDER VKEY [OLD]")
	if len(os.Args) == 3 {
		err = check(folder(os.Args[1]), os.Args[2], "")
	} else if len(os.Args) == 4 {
		err = check(folder(os.Args[1]), os.Args[2], os.Args[3])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
}
