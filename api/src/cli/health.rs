//! `beacon health`: asks the server of these settings whether it lives, for supervisors that have no client of their own.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::CliError;
use crate::config::Config;

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// How an answer begins that is one.
const ALIVE: &[u8; 12] = b"HTTP/1.1 200";

/// Asks once.
pub(super) async fn ask(config: &Config) -> Result<(), CliError> {
    let address = reached(config.listen);
    let answer =
        tokio::time::timeout(PATIENCE, answer(address)).await.map_err(|_| io::ErrorKind::TimedOut.into());
    match answer.flatten() {
        Ok(answer) if answer == *ALIVE => Ok(()),
        Ok(_) => Err(CliError::Health(address, io::Error::other("it answers something else"))),
        Err(error) => Err(CliError::Health(address, error)),
    }
}

/// Where a server is reached on its own machine that listens on all addresses.
fn reached(listen: SocketAddr) -> SocketAddr {
    match listen {
        SocketAddr::V4(all) if all.ip().is_unspecified() => (Ipv4Addr::LOCALHOST, all.port()).into(),
        SocketAddr::V6(all) if all.ip().is_unspecified() => (Ipv6Addr::LOCALHOST, all.port()).into(),
        one => one,
    }
}

async fn answer(address: SocketAddr) -> io::Result<[u8; 12]> {
    let mut connection = TcpStream::connect(address).await?;
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await?;
    let mut answer = [0; ALIVE.len()];
    connection.read_exact(&mut answer).await?;
    Ok(answer)
}
